package dev.workbuddy.backup.outcome;

/** What every operation returns: a record of its own that also says how it ended. */
public interface Outcome {

  /** How the operation ended; {@link Status#DONE} only for what was really checked. */
  Status status();
}
