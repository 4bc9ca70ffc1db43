package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.schedule.InstalledJob;
import java.util.List;

/**
 * What uninstalling did.
 *
 * @param removed the jobs that are gone now; empty where there was none
 */
public record ScheduleRemoved(List<InstalledJob> removed) implements Outcome {
  public ScheduleRemoved {
    removed = List.copyOf(removed);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
