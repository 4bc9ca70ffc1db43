package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.snapshot.Alarm;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Alarms, for people. */
final class AlarmTexts {
  private static final int SHOWN = 12;

  private AlarmTexts() {}

  /** The first of the open ones, and what they mean for the history; nothing where none is open. */
  static void print(List<Alarm> open, @Nullable String justTaken, PrintStream out) {
    open.stream().limit(SHOWN).forEach(alarm -> out.println(line(alarm, justTaken)));
    if (open.size() > SHOWN) {
      out.printf(
          "and %s: `wb-backup alarms` lists them all.%n",
          Texts.count(open.size() - SHOWN, "more alarm", "more alarms"));
    }
    if (!open.isEmpty()) {
      held(open, out);
    }
  }

  /** All of them. */
  static void printAll(List<Alarm> open, PrintStream out) {
    open.forEach(alarm -> out.println(line(alarm, null)));
    if (!open.isEmpty()) {
      held(open, out);
    }
  }

  /** Those that a repair closed. */
  static void printClosed(List<Alarm> closed, PrintStream out) {
    closed.forEach(
        alarm -> out.printf("Closed the alarm %s about %s.%n", alarm.id(), alarm.subject()));
  }

  private static void held(List<Alarm> open, PrintStream out) {
    List<String> good =
        open.stream()
            .map(Alarm::goodSnapshot)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    List<String> elsewhere = good.stream().filter(AlarmTexts::isElsewhere).toList();
    List<String> here = good.stream().filter(id -> !isElsewhere(id)).toList();
    if (!here.isEmpty()) {
      out.println("The last good snapshot is held: " + String.join(", ", here));
      here.forEach(
          id -> advise(open.stream().filter(a -> id.equals(a.goodSnapshot())).toList(), id, out));
    }
    for (String id : elsewhere) {
      out.printf("The last good snapshot is not on this machine: %s%n", id);
      out.printf("`wb-backup pull %s` fetches it, for a restore or a rescue.%n", id);
    }
    out.println("Nothing is swept, here or in remotes, while an alarm is open.");
    out.printf(
        "`wb-backup alarms ack %s --why TEXT` closes it, when you know what became of it.%n",
        open.size() == 1 ? open.getFirst().id() : "ID");
  }

  /** Of a history that was here before: its namespace stands before its id. */
  private static boolean isElsewhere(String good) {
    return good.indexOf('/') >= 0;
  }

  private static void advise(List<Alarm> all, String good, PrintStream out) {
    if (all.stream().anyMatch(alarm -> Alarm.RESCUE.equals(alarm.remedy()))) {
      out.printf(
          "`wb-backup rescue %s` shows which lost rows it can bring back; what it leaves out comes"
              + " back with `wb-backup restore %s --only %s`.%n",
          good, good, databases(all, Alarm.RESCUE));
    }
    if (all.stream().anyMatch(alarm -> Alarm.RECREATE.equals(alarm.remedy()))) {
      out.printf("`wb-backup rescue %s --recreate` shows what it can make again.%n", good);
    }
    String whole = databases(all, Alarm.RESTORE);
    if (!whole.isEmpty()) {
      out.printf(
          "`wb-backup restore %s --only %s` brings back what a rescue cannot.%n", good, whole);
    }
  }

  private static String databases(List<Alarm> all, String remedy) {
    return all.stream()
        .filter(alarm -> remedy.equals(alarm.remedy()))
        .map(Alarm::database)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static String line(Alarm alarm, @Nullable String justTaken) {
    boolean isNew = alarm.raisedIn().equals(justTaken);
    String since = isNew || alarm.raisedIn().isEmpty() ? "" : " (since " + alarm.raisedIn() + ")";
    String state = alarm.recovered() ? ", recovered" : "";
    return "ALARM " + alarm.id() + since + state + ": " + alarm.detail();
  }
}
