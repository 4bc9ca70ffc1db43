package dev.workbuddy.backup.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A program that brings a database up the SQL ladder in a directory, once it is told to, and prints
 * the steps that it applied itself. Arguments: the database, the directory.
 */
final class Climber {
  private Climber() {}

  public static void main(String[] arguments) throws Exception {
    StepLadder ladder = new SqlDirectory(Path.of(arguments[1])).read();
    MigrationRunner runner = new MigrationRunner(InstantSource.system(), Duration.ofSeconds(30));
    System.out.println("ready");
    System.in.read();
    Migration climb = runner.run(Path.of(arguments[0]), ladder, EditedSteps.REFUSE);
    climb.steps().forEach(step -> System.out.println(step.version()));
  }
}
