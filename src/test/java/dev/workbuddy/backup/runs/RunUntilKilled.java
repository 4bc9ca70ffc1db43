package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.file.Path;

/** A program with a run that goes on until somebody kills it. */
final class RunUntilKilled {
  private RunUntilKilled() {}

  public static void main(String[] arguments) throws Exception {
    ObedientClock clock = new ObedientClock(arguments[2]);
    RunRecords records =
        new RunRecords(Path.of(arguments[0]), Machines.of(arguments[1], clock, clock));
    OngoingRun run = new OngoingRun(records, false);
    run.begin();
    run.enter(Phase.COPY);
    System.out.println("running");
    Thread.currentThread().join();
  }
}
