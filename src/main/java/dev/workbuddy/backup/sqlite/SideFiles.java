package dev.workbuddy.backup.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that SQLite keeps beside a database; they belong to exactly that version of it. */
public final class SideFiles {
  private static final List<String> SUFFIXES = List.of("-wal", "-shm", "-journal");

  private SideFiles() {}

  /** The names of the files that may stand beside the database of this name. */
  public static List<String> of(String database) {
    return SUFFIXES.stream().map(suffix -> database + suffix).toList();
  }

  /** The name of the database beside which a file of this name stands; null for other names. */
  public static @Nullable String databaseOf(String file) {
    return SUFFIXES.stream()
        .filter(file::endsWith)
        .map(suffix -> file.substring(0, file.length() - suffix.length()))
        .findFirst()
        .orElse(null);
  }
}
