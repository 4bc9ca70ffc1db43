package dev.workbuddy.backup.sqlite;

import java.util.Locale;

/** How a database is kept still while it is copied. */
public enum CopyStrategy {
  /** WAL mode: a read transaction holds one version, and writers go on. */
  WAL_READ,
  /** A small rollback-journal database: writers wait for the moment that one pass takes. */
  LOCKED,
  /**
   * A large rollback-journal database: short steps between which writers get their turn. Each
   * commit makes the copy begin again; after a few restarts one pass runs under a lock.
   */
  STEPPED;

  /** The word for this strategy in the manifest. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
