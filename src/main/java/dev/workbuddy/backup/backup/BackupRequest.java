package dev.workbuddy.backup.backup;

import org.jspecify.annotations.Nullable;

/**
 * What kind of snapshot is wanted.
 *
 * @param manual whether a person asked for it; it then counts in the manual bucket
 * @param label a few words to know it by; null for none
 */
public record BackupRequest(boolean manual, @Nullable String label) {}
