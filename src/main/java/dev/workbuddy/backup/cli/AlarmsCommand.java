package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.AckResult;
import dev.workbuddy.backup.capability.AlarmList;
import dev.workbuddy.backup.capability.DataAlarms;
import dev.workbuddy.backup.capability.DataAlarmsAck;
import dev.workbuddy.backup.io.Moment;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "alarms",
    description = "List the alarms about lost data, or acknowledge them.",
    synopsisSubcommandLabel = "[ack]")
final class AlarmsCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(names = "--acknowledged", description = "List acknowledged alarms as well.")
  private boolean acknowledged;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataAlarms(),
        new DataAlarms.Parameters(acknowledged),
        AlarmsCommand::print);
  }

  @Command(
      name = "ack",
      description =
          "Acknowledge an alarm: sweeps go on, and may delete the last good snapshot, which is"
              + " released; what is there now is the new normal.")
  int ack(
      @Parameters(
              arity = "0..1",
              paramLabel = "ID",
              description = "An alarm's id, or the beginning of one.")
          @Nullable String id,
      @Option(names = "--all", description = "All that are open.") boolean all,
      @Option(
              names = "--why",
              paramLabel = "TEXT",
              required = true,
              description = "The result of your investigation.")
          String why,
      @Option(names = "--keep-hold", description = "Leave the last good snapshot held.")
          boolean keepHold)
      throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataAlarmsAck(),
        new DataAlarmsAck.Parameters(id, all, why, keepHold, false),
        AlarmsCommand::print);
  }

  private static void print(AlarmList list, PrintStream out) {
    if (list.open().isEmpty()) {
      out.println("No alarm is open.");
    }
    AlarmTexts.printAll(list.open(), out);
    for (Alarm alarm : list.acknowledged()) {
      Alarm.Ack ack = alarm.ack();
      if (ack != null) {
        out.printf(
            "%s %s: %s%n",
            ack.repaired() ? "Repaired" : "Acknowledged", alarm.id(), alarm.detail());
        out.printf("  by %s, %s: %s%n", ack.by(), Moment.text(ack.at()), ack.why());
      }
    }
  }

  private static void print(AckResult result, PrintStream out) {
    if (result.acknowledged().isEmpty()) {
      out.println("No alarm is open.");
    }
    for (Alarm alarm : result.acknowledged()) {
      out.printf("Acknowledged %s: %s%n", alarm.id(), alarm.detail());
    }
    result.released().forEach(id -> out.println(id + " is released"));
    if (!result.hint().isEmpty()) {
      out.println(result.hint());
    }
    result.held().forEach(id -> out.println(id + " stays held"));
    if (!result.open().isEmpty()) {
      out.println("Still open:");
      AlarmTexts.print(result.open(), null, out);
    }
    result.warnings().forEach(warning -> out.println("Not everywhere: " + warning));
  }
}
