package dev.workbuddy.backup.outcome;

import java.util.List;

/** What every operation returns: a record of its own that also says how it ended. */
public interface Outcome {

  /** How the operation ended; {@link Status#DONE} only for what was really checked. */
  Status status();

  /** Warnings that belong to the user even where no output is wanted unless something is wrong. */
  default List<String> alarms() {
    return List.of();
  }
}
