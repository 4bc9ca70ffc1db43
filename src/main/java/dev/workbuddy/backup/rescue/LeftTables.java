package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.rescue.RescueResult.LeftOut;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.tables.TableErrors;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of one database that take no part in a rescue, and why. For one thread. */
public final class LeftTables {
  private final String database;
  private final RescueRequest request;
  private final Map<String, LeftOut> left = new TreeMap<>(Sql.BY_NAME);

  LeftTables(String database, RescueRequest request) {
    this.database = database;
    this.request = request;
  }

  /** Why a table takes no part, and what helps. */
  enum Obstacle {
    GONE(
        ErrorCode.SCHEMAS_DIFFER,
        "the live database has no such table",
        "`wb-backup rescue %s --recreate` makes it again, with its indexes and triggers."),
    TAKEN(ErrorCode.SCHEMAS_DIFFER, ""),
    HISTORY(ErrorCode.SCHEMAS_DIFFER, "it tells the history of the live schema"),
    OTHER_KEY(ErrorCode.SCHEMAS_DIFFER, ""),
    VALUES(ErrorCode.SCHEMAS_DIFFER, ""),
    ODD_NAME(
        ErrorCode.SCHEMAS_DIFFER,
        "its name, or that of a column, is not valid text, so no SQL can name it"),
    HIDDEN(ErrorCode.NO_USABLE_KEY, "it has neither a primary key nor a name left for its rowid"),
    WIDE(
        ErrorCode.SCHEMAS_DIFFER,
        "it has as many columns as SQLite allows, so that a row cannot be found again by any"
            + " other"),
    VIRTUAL(ErrorCode.SCHEMAS_DIFFER, ""),
    MODULE(ErrorCode.SCHEMAS_DIFFER, ""),
    COLLATION(ErrorCode.NO_USABLE_KEY, ""),
    SQLITE(ErrorCode.ROWS_REFUSED, "");

    private final ErrorCode code;
    private final String reason;
    private final String hint;

    Obstacle(ErrorCode code, String reason) {
      this(code, reason, "");
    }

    Obstacle(ErrorCode code, String reason, String hint) {
      this.code = code;
      this.reason = reason;
      this.hint = hint;
    }
  }

  /**
   * Leaves a table out; what was said of it first counts.
   *
   * @param missing how many rows fewer the live table has; null where nobody can tell
   * @throws BackupException where it was asked for by its name
   */
  void leave(String table, Obstacle obstacle, @Nullable Long missing) {
    leave(table, obstacle, obstacle.reason, missing);
  }

  /** Like {@link #leave(String, Obstacle, Long)}, but gives another reason than the obstacle's. */
  void leave(String table, Obstacle obstacle, String reason, @Nullable Long missing) {
    String hint =
        obstacle.hint.isEmpty() ? elsewhere() : obstacle.hint.formatted(request.snapshot());
    if (request.names(table)) {
      throw new BackupException(
          obstacle.code,
          "%s: rows of %s cannot be brought back: %s".formatted(database, table, reason),
          hint);
    }
    left.putIfAbsent(table, new LeftOut(table, reason, hint, missing));
  }

  private String elsewhere() {
    return "`wb-backup restore %1$s --only %2$s` brings back all of %2$s; `wb-backup restore %1$s --to"
            .formatted(request.snapshot(), database)
        + " DIR` unpacks it beside the live data.";
  }

  /** Leaves a table out for what SQLite says; throws what concerns more than one table. */
  void leave(String table, SQLException e, @Nullable Long missing) throws SQLException {
    if (!TableErrors.isOfOneTable(e)) {
      throw e;
    }
    leave(table, Obstacle.SQLITE, "SQLite says of it: " + SqliteMessages.of(e), missing);
  }

  List<LeftOut> all() {
    return List.copyOf(left.values());
  }
}
