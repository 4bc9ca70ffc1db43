package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.ProcessIdentity;

/** Who makes a run: a process of a machine. */
public record RunProcess(String host, ProcessIdentity identity) {

  /** Whether it is still there; a process of another machine cannot be seen. */
  ProcessIdentity.State state(String thisHost) {
    return host.equals(thisHost) ? identity.state() : ProcessIdentity.State.UNSEEN;
  }
}
