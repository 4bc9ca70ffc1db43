package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.RunRecord;
import java.util.List;

/** The runs that ended, newest first. */
public record RunList(List<RunRecord> runs) implements Outcome {
  public RunList {
    runs = List.copyOf(runs);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
