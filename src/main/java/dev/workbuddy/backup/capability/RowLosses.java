package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Which rows of the live databases are at stake where older data would take their place. */
final class RowLosses {
  private RowLosses() {}

  /** Compares the data that would come back, as what was before, with the live databases. */
  @FunctionalInterface
  interface Comparing {
    DiffResult run() throws IOException;
  }

  /**
   * What each table would lose, the gravest first. Where nobody can compare, the warnings say so.
   *
   * @param warnings are added to
   */
  static List<Impact.Loss> of(Comparing comparing, List<String> warnings) throws IOException {
    try {
      DiffResult diff = comparing.run();
      warnings.addAll(diff.warnings());
      return diff.databases().stream()
          .flatMap(
              database ->
                  database.tables().stream()
                      .filter(DiffResult.TableDiff::differs)
                      .map(table -> loss(database.database(), table)))
          .sorted(Comparator.comparingLong(Impact.Loss::harm).reversed())
          .toList();
    } catch (BackupException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      warnings.add("what would be lost could not be counted: " + e.text());
      return List.of();
    }
  }

  /** All tables together, in a sentence for people. */
  static String sum(List<Impact.Loss> losses) {
    return "Of %d tables together %d rows would be lost, %d get older values, %d come back."
        .formatted(
            losses.size(),
            losses.stream().mapToLong(Impact.Loss::lost).sum(),
            losses.stream().mapToLong(Impact.Loss::reverted).sum(),
            losses.stream().mapToLong(Impact.Loss::returning).sum());
  }

  /** The data that would come back is what was before, the live data what came after it. */
  private static Impact.Loss loss(String database, DiffResult.TableDiff table) {
    long now = Objects.requireNonNullElse(table.after(), 0L);
    long then = Objects.requireNonNullElse(table.before(), 0L);
    DiffResult.RowsDiff rows = table.rows();
    return rows == null
        ? new Impact.Loss(
            database, table.table(), now, Math.max(0, now - then), 0, Math.max(0, then - now))
        : new Impact.Loss(
            database, table.table(), now, rows.added(), rows.changed(), rows.removed());
  }
}
