package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.DrillRecord;
import java.util.List;
import java.util.stream.Stream;

/**
 * What rehearsing came to.
 *
 * @param drills one for each place, in the order of the configuration
 */
public record DrillResult(List<DrillRecord> drills) implements Outcome {
  public DrillResult {
    drills = List.copyOf(drills);
  }

  /** The worst of it: damage before refusals before places that could not be asked. */
  @Override
  public Status status() {
    if (drills.stream().allMatch(DrillRecord::isProven)) {
      return Status.DONE;
    }
    return Stream.of(Status.DAMAGED, Status.REFUSED)
        .filter(this::any)
        .findFirst()
        .orElse(any(Status.DONE) ? Status.INCOMPLETE : Status.FAILED);
  }

  private boolean any(Status status) {
    return drills.stream().anyMatch(drill -> drill.status() == status);
  }
}
