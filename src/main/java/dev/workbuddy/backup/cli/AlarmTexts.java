package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.snapshot.Alarm;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Alarms, for people. */
final class AlarmTexts {
  private static final int SHOWN = 12;

  private AlarmTexts() {}

  /** The open ones, and what they mean for the history; nothing where none is open. */
  static void print(List<Alarm> open, @Nullable String justTaken, PrintStream out) {
    open.stream().limit(SHOWN).forEach(alarm -> out.println(line(alarm, justTaken)));
    if (open.size() > SHOWN) {
      out.printf("and %s%n", Texts.count(open.size() - SHOWN, "more alarm", "more alarms"));
    }
    if (!open.isEmpty()) {
      held(open, out);
    }
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
      advise(open, here.getFirst(), out);
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
      out.printf("`wb-backup rescue %s` shows which lost rows it can bring back.%n", good);
    }
    if (all.stream().anyMatch(alarm -> Alarm.RECREATE.equals(alarm.remedy()))) {
      out.printf("`wb-backup rescue %s --recreate` shows what it can make again.%n", good);
    }
    List<String> whole =
        all.stream()
            .filter(alarm -> Alarm.RESTORE.equals(alarm.remedy()))
            .map(Alarm::database)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    if (!whole.isEmpty()) {
      out.printf(
          "`wb-backup restore %s --only %s` brings back all of %s, which a rescue cannot.%n",
          good, String.join(",", whole), String.join(" and ", whole));
    }
  }

  private static String line(Alarm alarm, @Nullable String justTaken) {
    boolean isNew = alarm.raisedIn().equals(justTaken);
    String since = isNew || alarm.raisedIn().isEmpty() ? "" : " (since " + alarm.raisedIn() + ")";
    String state = alarm.recovered() ? ", recovered" : "";
    return "ALARM " + alarm.id() + since + state + ": " + alarm.detail();
  }
}
