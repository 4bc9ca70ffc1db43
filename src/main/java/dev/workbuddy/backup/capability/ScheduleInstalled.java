package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.schedule.SchedulePlan;
import java.util.List;

/**
 * What installing did, or would do.
 *
 * @param plan what was written and run
 */
public record ScheduleInstalled(boolean dryRun, SchedulePlan plan) implements Outcome {
  @Override
  public Status status() {
    return Status.DONE;
  }

  @Override
  public List<String> alarms() {
    return plan.notes();
  }
}
