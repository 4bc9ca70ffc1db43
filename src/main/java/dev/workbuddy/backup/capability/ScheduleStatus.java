package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.schedule.InstalledJob;
import dev.workbuddy.backup.schedule.SidecarMark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether snapshots are taken by themselves.
 *
 * @param installed the system's jobs for this configuration
 * @param sidecar the sidecar of this data root; null where none lives
 * @param lastRun how the last run ended, whoever started it; null where there was none
 * @param lastRunAt when that was; null where there was none
 */
public record ScheduleStatus(
    List<InstalledJob> installed,
    @Nullable Sidecar sidecar,
    @Nullable String lastRun,
    @Nullable Instant lastRunAt)
    implements Outcome {

  /**
   * A sidecar.
   *
   * @param seen whether it is known to live; one on another machine cannot be seen
   */
  public record Sidecar(long pid, String host, Instant since, boolean seen) {
    static Sidecar of(SidecarMark mark, String thisHost) {
      return new Sidecar(
          mark.process().pid(),
          mark.host(),
          mark.since(),
          mark.state(thisHost) == ProcessIdentity.State.ALIVE);
    }
  }

  public ScheduleStatus {
    installed = List.copyOf(installed);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
