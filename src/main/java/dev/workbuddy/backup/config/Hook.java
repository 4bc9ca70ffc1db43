package dev.workbuddy.backup.config;

import java.util.Locale;

/** A moment at which the user's own commands run. */
public enum Hook {
  BEFORE_SNAPSHOT,
  AFTER_SNAPSHOT,
  BEFORE_RESTORE,
  AFTER_RESTORE,
  ON_FAILURE;

  /** Its key below {@code backups.hooks}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
