package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import java.io.IOException;

/** What went wrong on this machine's own disk, on the way to or from GitHub. */
final class LocalIoFailure {
  private LocalIoFailure() {}

  /**
   * The trouble as a result.
   *
   * @param what in words that follow "cannot"
   */
  static <T> Failed<T> failed(String what, IOException error) {
    return Space.ranOut(error)
        ? RemoteResult.failed(
            RemoteFault.QUOTA,
            "cannot %s: the disk is full".formatted(what),
            "Free some space on this machine's disk.")
        : RemoteResult.failed(
            RemoteFault.FAILED,
            "cannot %s: %s".formatted(what, error.getMessage()),
            "Check the disk and its permissions.");
  }
}
