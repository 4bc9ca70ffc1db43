package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.schedule.JobStates;
import java.io.IOException;
import java.util.Optional;

/** Where what is known of jobs outlives the process. */
public interface JobMemory {

  /** Nothing where nothing was remembered. */
  JobStates read();

  /**
   * Replaces what was remembered.
   *
   * @return what the log should say; empty where all went as always
   */
  Optional<String> write(JobStates states) throws IOException;
}
