package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.schedule.JobStates;
import java.io.IOException;

/** Where what is known of jobs outlives the process. */
public interface JobMemory {

  /** Nothing where nothing was remembered. */
  JobStates read();

  void write(JobStates states) throws IOException;
}
