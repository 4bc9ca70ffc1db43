package dev.workbuddy.backup.backup;

import org.jspecify.annotations.Nullable;

/**
 * What kind of snapshot is wanted.
 *
 * @param manual whether a person asked for it; it then counts in the manual bucket
 * @param label a few words to know it by; null for none
 * @param haste whether somebody waits for it: it is then packed quickly rather than small
 */
public record BackupRequest(boolean manual, @Nullable String label, boolean haste) {
  public BackupRequest(boolean manual, @Nullable String label) {
    this(manual, label, false);
  }
}
