package dev.workbuddy.backup.config;

import java.util.Locale;

/** A moment at which the user's own commands run. */
public enum Hook {
  BEFORE_SNAPSHOT,
  AFTER_SNAPSHOT,
  BEFORE_RESTORE,
  AFTER_RESTORE,
  ON_FAILURE;

  /** Whether the operation still waits for it. */
  public boolean isBefore() {
    return this == BEFORE_SNAPSHOT || this == BEFORE_RESTORE;
  }

  /** Its key below {@code backups.hooks}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
