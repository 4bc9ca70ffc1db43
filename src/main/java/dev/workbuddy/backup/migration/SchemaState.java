package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * How far up a database is.
 *
 * @param version {@code PRAGMA user_version}
 * @param hasTables whether anything is in it besides the history
 */
record SchemaState(int version, boolean hasTables, List<History.Row> history) {
  SchemaState {
    history = List.copyOf(history);
  }

  /** Reads it; inside a transaction, so that its parts fit together. */
  static SchemaState read(Connection connection) throws SQLException {
    return new SchemaState(
        (int) Sql.number(connection, "PRAGMA main.user_version"),
        Sql.number(
                connection,
                "SELECT count(*) FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE"
                    + " '\\' AND tbl_name <> '"
                    + History.TABLE
                    + "'")
            > 0,
        History.read(connection));
  }

  /** The highest step of the ladder that the history names; 0 where it names none. */
  int recorded(Ladder ladder) {
    return ladder instanceof CommandLadder
        ? 0
        : history.stream()
            .mapToInt(History.Row::version)
            .filter(row -> row <= ladder.top())
            .max()
            .orElse(0);
  }

  /** The steps of the ladder that are not those that were applied. */
  List<StepSummary> edited(Ladder ladder) {
    if (!(ladder instanceof StepLadder steps)) {
      return List.of();
    }
    return history.stream()
        .filter(row -> 1 <= row.version() && row.version() <= steps.top())
        .filter(row -> differs(row.hash(), steps.step(row.version()).hash()))
        .map(row -> steps.step(row.version()).rung())
        .toList();
  }

  private static boolean differs(Optional<CodeHash> applied, Optional<CodeHash> now) {
    return applied.isPresent()
        && now.isPresent()
        && applied.get().format().equals(now.get().format())
        && !applied.get().equals(now.get());
  }
}
