package dev.workbuddy.backup.sqlite;

import java.util.List;

/** The files that SQLite keeps beside a database; they belong to exactly that version of it. */
public final class SideFiles {
  private static final List<String> SUFFIXES = List.of("-wal", "-shm", "-journal");

  private SideFiles() {}

  /** The names of the files that may stand beside the database of this name. */
  public static List<String> of(String database) {
    return SUFFIXES.stream().map(suffix -> database + suffix).toList();
  }
}
