package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.schedule.JobError;
import java.util.List;
import java.util.Optional;

/**
 * How a run of a job ended.
 *
 * @param status the word for it
 * @param error why it failed; empty where it did not
 * @param alarms what the user has to know even where it went well
 */
public record JobEnd(String status, Optional<JobError> error, List<String> alarms) {
  public JobEnd {
    alarms = List.copyOf(alarms);
  }

  /** That of a run that threw, whatever that was. */
  static JobEnd of(Throwable thrown) {
    BackupException failure = ErrorMapper.of(thrown);
    return new JobEnd(
        failure.code().status().word(),
        Optional.of(new JobError(failure.code().word(), failure.text(), failure.hint())),
        List.of());
  }
}
