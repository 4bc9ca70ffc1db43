package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.snapshot.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * What kind of snapshot is wanted.
 *
 * @param bucket who asked for it, by which the retention rules count it
 * @param label a few words to know it by; null for none
 * @param haste whether somebody waits for it: it is then packed quickly rather than small
 * @param takenBefore the word for what is about to change the data, where the snapshot is taken
 *     because of that; else null
 */
public record BackupRequest(
    SnapshotId.Bucket bucket, @Nullable String label, boolean haste, @Nullable String takenBefore) {
  public BackupRequest(SnapshotId.Bucket bucket, @Nullable String label) {
    this(bucket, label, false, null);
  }

  /**
   * One that nobody or a person asked for.
   *
   * @param manual whether a person did
   */
  public BackupRequest(boolean manual, @Nullable String label) {
    this(manual ? SnapshotId.Bucket.MANUAL : SnapshotId.Bucket.ROLLING, label);
  }

  /** Whether a person asked for it. */
  public boolean manual() {
    return bucket == SnapshotId.Bucket.MANUAL;
  }

  /** Whether an agent asked for it. */
  public boolean agent() {
    return bucket == SnapshotId.Bucket.AGENT;
  }

  /** One to come back to, before an operation changes the data. */
  public static BackupRequest before(String operation, boolean haste) {
    return new BackupRequest(SnapshotId.Bucket.MANUAL, "before " + operation, haste, operation);
  }
}
