package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.HashMap;
import java.util.Map;

/**
 * How much was sent of each snapshot whose push has not been proven yet: several attempts may have
 * sent some of it, and only the last one tells. One thread at a time uses it.
 */
public final class SentBytes {
  private final Map<SnapshotId, Long> sent = new HashMap<>();

  /** So much more was sent. */
  public void add(SnapshotId id, long bytes) {
    sent.merge(id, bytes, Long::sum);
  }

  /** All that was sent since the last proof. */
  public long proven(SnapshotId id) {
    Long bytes = sent.remove(id);
    return bytes == null ? 0 : bytes;
  }
}
