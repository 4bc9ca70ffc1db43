package dev.workbuddy.backup.backup;

import org.jspecify.annotations.Nullable;

/**
 * What kind of snapshot is wanted.
 *
 * @param manual whether a person asked for it; it then counts in the manual bucket
 * @param label a few words to know it by; null for none
 * @param haste whether somebody waits for it: it is then packed quickly rather than small
 * @param takenBefore the word for what is about to change the data, where the snapshot is taken
 *     because of that; else null
 */
public record BackupRequest(
    boolean manual, @Nullable String label, boolean haste, @Nullable String takenBefore) {
  public BackupRequest(boolean manual, @Nullable String label) {
    this(manual, label, false, null);
  }

  /** One to come back to, before an operation changes the data. */
  public static BackupRequest before(String operation, boolean haste) {
    return new BackupRequest(true, "before " + operation, haste, operation);
  }
}
