package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.schedule.JobState;
import java.io.IOException;
import java.util.Map;

/** Where what is known of jobs outlives the process. */
public interface JobMemory {

  /** The jobs by name; none where nothing was remembered. */
  Map<String, JobState> read();

  void write(Map<String, JobState> jobs) throws IOException;
}
