package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.migration.History;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.recovery.RescueResult.LeftOut;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which tables of a database take part in a rescue, and why the others do not. */
final class TableChoice {
  private static final String ELSEWHERE =
      "`wb-backup restore ID --to DIR` unpacks the whole snapshot beside the live data.";

  private final Connection connection;
  private final String database;
  private final RescueRequest request;
  private final Map<String, TableShape> live;
  private final List<TableMapping> mappings = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  private TableChoice(
      Connection connection, String database, RescueRequest request, Map<String, TableShape> live) {
    this.connection = connection;
    this.database = database;
    this.request = request;
    this.live = live;
  }

  private enum Obstacle {
    GONE(
        ErrorCode.SCHEMAS_DIFFER,
        "the live database has no such table",
        "Make it again, empty, and repeat the rescue; `wb-backup query ID %s \"SELECT sql FROM"
            + " sqlite_schema WHERE tbl_name = %s\"` says what it was like."),
    HISTORY(ErrorCode.SCHEMAS_DIFFER, "it tells the history of the live schema", ELSEWHERE),
    VIRTUAL(
        ErrorCode.SCHEMAS_DIFFER, "a virtual table keeps its rows in a form of its own", ELSEWHERE),
    KEYLESS(
        ErrorCode.NO_USABLE_KEY,
        "it has no primary key; with --keyless rows are told apart by content",
        ELSEWHERE),
    HIDDEN(
        ErrorCode.NO_USABLE_KEY,
        "it has neither a primary key nor a name left for its rowid",
        ELSEWHERE);

    private final ErrorCode code;
    private final String reason;
    private final String hint;

    Obstacle(ErrorCode code, String reason, String hint) {
      this.code = code;
      this.reason = reason;
      this.hint = hint;
    }
  }

  /**
   * Chooses.
   *
   * @param connection to both sides
   * @param virtual the names of the snapshot's virtual tables
   * @throws BackupException where a table that was asked for by name cannot take part, or one
   *     cannot be mapped
   */
  static TableChoice of(
      Connection connection,
      String database,
      RescueRequest request,
      Map<String, TableShape> live,
      Map<String, TableShape> old,
      List<String> virtual)
      throws SQLException {
    TableChoice choice = new TableChoice(connection, database, request, live);
    for (TableShape table : old.values()) {
      if (request.wants(table.name())) {
        choice.consider(table);
      }
    }
    for (String table : virtual) {
      if (request.wants(table)) {
        choice.leaveOut(table, Obstacle.VIRTUAL, 0);
      }
    }
    return choice;
  }

  List<TableMapping> mappings() {
    return List.copyOf(mappings);
  }

  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  private void consider(TableShape old) throws SQLException {
    TableShape now = live.get(old.name());
    Optional<Obstacle> obstacle = now == null ? Optional.of(Obstacle.GONE) : obstacle(old, now);
    if (obstacle.isPresent()) {
      boolean history = obstacle.get() == Obstacle.HISTORY;
      leaveOut(old.name(), obstacle.get(), history ? 0 : fewer(old, now));
    } else if (now != null) {
      TableMapping mapping = TableMapping.of(old, now);
      mapping.requireSameKey();
      mappings.add(mapping);
    }
  }

  private long fewer(TableShape old, @Nullable TableShape now) throws SQLException {
    return Math.max(0, rows(old) - (now == null ? 0 : rows(now)));
  }

  private long rows(TableShape table) throws SQLException {
    return Tables.rows(connection, table.schema(), table.name());
  }

  private Optional<Obstacle> obstacle(TableShape old, TableShape now) {
    if (old.name().equalsIgnoreCase(History.TABLE)) {
      return Optional.of(Obstacle.HISTORY);
    }
    if (!now.key().isEmpty() || !old.key().isEmpty()) {
      return Optional.empty();
    }
    if (!request.options().keyless()) {
      return Optional.of(Obstacle.KEYLESS);
    }
    return old.rowid().isEmpty() ? Optional.of(Obstacle.HIDDEN) : Optional.empty();
  }

  /** What was asked for by name is refused rather than left out. */
  private void leaveOut(String table, Obstacle obstacle, long missing) {
    String hint = obstacle.hint.formatted(database, Sql.literal(table));
    if (request.names(table)) {
      throw new BackupException(
          obstacle.code,
          "%s: rows of %s cannot be brought back: %s".formatted(database, table, obstacle.reason),
          hint);
    }
    leftOut.add(new LeftOut(table, obstacle.reason, hint, missing));
  }
}
