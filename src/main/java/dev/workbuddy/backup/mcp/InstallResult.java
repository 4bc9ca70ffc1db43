package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;

/** The files that make the agent of a project know of wb-backup. */
public record InstallResult(List<FileChange> files) implements Outcome {
  public InstallResult {
    files = List.copyOf(files);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
