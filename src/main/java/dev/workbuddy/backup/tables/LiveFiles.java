package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.DatabaseProblem;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** The live databases, and what is said where one cannot be used. */
public final class LiveFiles {
  private final Settings settings;

  public LiveFiles(Settings settings) {
    this.settings = settings;
  }

  /**
   * The file of a live database.
   *
   * @throws BackupException {@code database-unknown} where the configuration has none of that name,
   *     {@code database-missing} where the file is not there
   */
  public Path file(String name) {
    absence(name)
        .ifPresent(
            absent -> {
              throw absent;
            });
    return place(name).orElseThrow();
  }

  /**
   * Like {@link #file}, but refuses an empty file.
   *
   * @throws BackupException {@code database-missing} also where it has no bytes
   */
  public Path filled(String name) throws IOException {
    Path file = file(name);
    if (Files.size(file) == 0) {
      throw new BackupException(
          ErrorCode.DATABASE_MISSING,
          "the live database %s is empty, without a table: %s".formatted(name, file),
          bringsBack(name));
    }
    return file;
  }

  private static String bringsBack(String name) {
    return "`wb-backup restore latest --only " + name + "` brings back all of it.";
  }

  /** Why there is no such file; empty where it is there. */
  public Optional<BackupException> absence(String name) {
    Optional<Path> file = place(name);
    if (file.isEmpty()) {
      return Optional.of(
          new BackupException(
              ErrorCode.DATABASE_UNKNOWN,
              "the configuration knows no database '" + name + "'",
              "Choose with --db; `wb-backup config show` lists the databases."));
    }
    return file.filter(path -> !Files.isRegularFile(path))
        .map(
            path ->
                new BackupException(
                    ErrorCode.DATABASE_MISSING,
                    "the live database %s is not there: %s".formatted(name, path),
                    bringsBack(name)));
  }

  private Optional<Path> place(String name) {
    return settings.database(name).map(database -> database.in(settings.dbDir()));
  }

  /** What SQLite said of a database, as an error for the user. */
  public static BackupException unusable(String name, SQLException e) {
    return otherEncoding(e).orElseGet(() -> unusable(name, UnusableDatabaseException.of(e)));
  }

  /** SQLite compares no databases of which one has UTF-8 and the other UTF-16. */
  public static Optional<BackupException> otherEncoding(SQLException e) {
    return String.valueOf(e.getMessage()).contains("must use the same text encoding")
        ? Optional.of(
            new BackupException(
                ErrorCode.SCHEMAS_DIFFER,
                "the two databases keep their text in different encodings, UTF-8 and UTF-16",
                "`wb-backup restore latest --to DIR` unpacks the snapshot; `wb-backup query` asks"
                    + " one database.",
                e))
        : Optional.empty();
  }

  /** Returns the error for the user where a database could not be copied. */
  public static BackupException unusable(String name, UnusableDatabaseException e) {
    DatabaseProblem problem = e.problem();
    return switch (problem.kind()) {
      case LOCKED ->
          new BackupException(
              ErrorCode.DATABASE_IN_USE,
              name + ": " + problem.detail(),
              "Nothing was changed. Try again when the application is less busy.",
              e);
      case CORRUPT, NOT_A_DATABASE ->
          new BackupException(
              ErrorCode.DATABASE_DAMAGED, name + ": " + problem.detail(), bringsBack(name), e);
      default ->
          new BackupException(
              ErrorCode.IO_FAILED,
              name + ": " + problem.detail(),
              "Nothing was changed. Check the disk and the permissions, then try again.",
              e);
    };
  }
}
