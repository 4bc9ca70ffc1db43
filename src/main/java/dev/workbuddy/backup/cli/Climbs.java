package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.migration.Migration;
import java.io.PrintStream;

/** Migrations as people read them, under the line of their database. */
final class Climbs {
  private Climbs() {}

  /**
   * Prints nothing where nothing changes.
   *
   * @param planned whether it is still to be done
   */
  static void print(Migration climb, boolean planned, PrintStream out) {
    if (!climb.changes()) {
      return;
    }
    String verb = planned ? "to migrate" : "migrated";
    out.printf("    %s from schema version %d to %d%n", verb, climb.from(), climb.to());
    if (climb.baseline()) {
      out.println("      taken as it is: it had tables and no version");
    }
    climb.steps().forEach(step -> out.printf("      %d  %s%n", step.version(), step.description()));
  }
}
