package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.RemoteReport;
import java.util.List;
import java.util.stream.Stream;

/** What became of each remote in a push; incomplete where one does not hold what it should. */
public record PushResult(List<RemoteReport> remotes) implements Outcome {
  public PushResult {
    remotes = List.copyOf(remotes);
  }

  /** Returns this result with more remotes. */
  public PushResult with(List<RemoteReport> more) {
    return new PushResult(Stream.concat(remotes.stream(), more.stream()).toList());
  }

  @Override
  public Status status() {
    return remotes.stream().allMatch(RemoteReport::isDone) ? Status.DONE : Status.INCOMPLETE;
  }
}
