package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.migration.EditedSteps;
import dev.workbuddy.backup.migration.Ladder;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.ForeignKeys;
import dev.workbuddy.backup.sqlite.Inspection;
import dev.workbuddy.backup.sqlite.Inspector;
import dev.workbuddy.backup.sqlite.Objection;
import dev.workbuddy.backup.sqlite.ShadowTables;
import dev.workbuddy.backup.sqlite.SideFiles;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings one staged database up its ladder and looks into it again. For one use. */
final class StagedMigration {
  /** Nobody else knows the staged file; a command of the application may linger for a moment. */
  static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

  private final MigrationRunner runner;
  private final String name;
  private final Path file;
  private final boolean force;
  private final List<String> warnings = new ArrayList<>();

  StagedMigration(MigrationRunner runner, String name, Path file, boolean force) {
    this.runner = runner;
    this.name = name;
    this.file = file;
    this.force = force;
  }

  /** What the user should know; to be called after {@link #run}. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Climbs.
   *
   * @param before what the database held when it was unpacked
   */
  Migration run(Ladder ladder, Inspection before) throws IOException {
    runner
        .status(file, ladder)
        .edited()
        .forEach(
            step ->
                warnings.add(
                    "%s: step %d (%s) was edited after it had been applied; passed over (--force)"
                        .formatted(name, step.version(), step.description())));
    try {
      Migration climb =
          runner.run(file, ladder, force ? EditedSteps.PASS_OVER : EditedSteps.REFUSE);
      if (climb.changes()) {
        settle();
        check(before, ladder.top());
      }
      return climb;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException(
          ErrorCode.INTERRUPTED, "interrupted while migrating " + name, "Run it again.", e);
    }
  }

  /** One file again, and on the disk, whatever a command of the application left. */
  private void settle() throws IOException {
    try (Connection connection = Connections.writable(file, BUSY_TIMEOUT)) {
      Sql.text(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      Sql.number(connection, "SELECT count(*) FROM sqlite_schema");
    } catch (SQLException e) {
      throw failed("it cannot be read after migrating: " + SqliteMessages.of(e));
    }
    for (String side : SideFiles.of(file.getFileName().toString())) {
      if (side.endsWith("-journal")) {
        Files.deleteIfExists(file.resolveSibling(side));
      } else if (Files.exists(file.resolveSibling(side))) {
        throw failed("something that the migration started still has it open");
      }
    }
    DurableFiles.syncFile(file);
  }

  private void check(Inspection before, int top) {
    try {
      Inspection after = new Inspector().inspect(file, Inspector.Depth.FULL);
      if (!after.isUsable()) {
        throw failed(
            "integrity_check after migrating: " + SafeText.line(after.damage().getFirst()));
      }
      if (after.userVersion() != top) {
        throw failed("its schema version is %d, not %d".formatted(after.userVersion(), top));
      }
      Objection.newSince(before.objections(), after.objections())
          .forEach(
              one ->
                  warnings.add(
                      "%s: since it was migrated SQLite objects to %s: %s"
                          .formatted(name, one.object(), one.text())));
      compareReferences(
          before.foreignKeyViolations().orElse(0), after.foreignKeyViolations().orElse(0));
      compareRows(before.rowCounts(), after.rowCounts(), ShadowTables.of(file));
    } catch (UnusableDatabaseException e) {
      throw failed("after migrating: " + e.problem().detail());
    }
  }

  private void compareReferences(long before, long after) {
    if (after > before) {
      throw failed(
          "foreign_key_check finds %s after migrating, %d before"
              .formatted(ForeignKeys.words(after), before));
    }
  }

  /** A virtual table's own tables hold its index, not the user's rows. */
  private void compareRows(Map<String, Long> before, Map<String, Long> after, Set<String> shadows) {
    Map<String, Long> left = new HashMap<>();
    after.forEach((table, rows) -> left.put(Sql.folded(table), rows));
    before.forEach(
        (table, rows) -> {
          Long now = left.get(Sql.folded(table));
          if (now == null) {
            warnings.add(
                "%s: the migration removed table %s, which had %s"
                    .formatted(name, table, rowWords(rows)));
          } else if (now < rows && !shadows.contains(table)) {
            rowsLost(table, rows, now);
          }
        });
  }

  private void rowsLost(String table, long before, long after) {
    String text =
        "%s: table %s has %s after migrating, %d before"
            .formatted(name, table, rowWords(after), before);
    if (!force) {
      throw new BackupException(
          ErrorCode.ROWS_LOST,
          text,
          "Correct the step that deletes them, or use --force if it is meant to. Nothing was"
              + " changed.");
    }
    warnings.add(text + "; restored anyway (--force)");
  }

  private static String rowWords(long rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }

  private BackupException failed(String problem) {
    return new BackupException(
        ErrorCode.MIGRATION_FAILED,
        "cannot migrate " + name + ": " + problem,
        "Nothing was changed. Correct the migration, then restore again.");
  }
}
