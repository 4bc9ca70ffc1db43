package dev.workbuddy.backup.query;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sandbox;
import dev.workbuddy.backup.sqlite.TemporarySpace;
import dev.workbuddy.backup.tables.SqlValue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one database in SQL that somebody else wrote, in a process of its own. */
final class QueryProcess {
  /** All values of an answer together. */
  static final int MOST_BYTES = 8 << 20;

  /** The largest value that is shown; a longer one is replaced by its length and checksum. */
  static final int SHOWN_BYTES = 1 << 20;

  /** The largest value that is shown once the answer is as large as it may become. */
  private static final int SHOWN_BYTES_AT_THE_END = 256;

  /** What a value costs in memory, however short it is. */
  private static final int CELL_BYTES = 32;

  /** JSON writes some characters as six. */
  private static final int OUTPUT_BYTES = 8 * MOST_BYTES;

  private QueryProcess() {}

  /**
   * Asks.
   *
   * @param database what the files' database is called, in messages
   * @throws BackupException where there is no answer; {@code query-stopped} at any limit
   */
  static QueryReply ask(QueryOrder order, String database, Progress progress)
      throws IOException, InterruptedException {
    return AskingProcess.ask(
            QueryProcess.class,
            new Input(order, database),
            Duration.ofMillis(order.millis()),
            OUTPUT_BYTES,
            QueryReply.class,
            progress)
        .orThrow();
  }

  private record Input(QueryOrder order, String database) implements AskingProcess.Input {
    @Override
    public long millis() {
      return order.millis();
    }
  }

  /** The process: reads what it is to ask, and prints what it is answered. */
  public static void main(String[] none) throws IOException {
    AskingProcess.answer(
        Input.class, input -> answer(input.order(), input.database()), QueryReply::of);
  }

  /** What is done in the process; the database's name is for messages. */
  static QueryReply answer(QueryOrder order, String database) throws IOException {
    Duration time = Duration.ofMillis(order.millis());
    try (Connection connection = Connections.still(Path.of(order.file()))) {
      for (Map.Entry<String, String> neighbour : order.neighbours().entrySet()) {
        Connections.attachStill(connection, Path.of(neighbour.getValue()), neighbour.getKey());
      }
      Sandbox sandbox =
          Sandbox.close(connection, order.neighbours().size(), time, TemporarySpace.inUse());
      return read(connection, order, sandbox);
    } catch (SQLException e) {
      throw QueryErrors.of(e, database, time);
    }
  }

  private static QueryReply read(Connection connection, QueryOrder order, Sandbox sandbox)
      throws SQLException {
    List<QueryReply.Row> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(order.sql())) {
      List<String> columns = columns(rows);
      long left = MOST_BYTES - columns.stream().mapToLong(String::length).sum();
      boolean more = rows.next();
      while (more && found.size() < order.limit() && left > 0) {
        List<SqlValue> row = row(rows, columns.size(), left);
        left -= bytes(row);
        found.add(new QueryReply.Row(row));
        more = rows.next();
      }
      return new QueryReply(columns, found, more, more && left <= 0, null);
    } catch (SQLException e) {
      if (sandbox.reached() == Sandbox.Limit.DISK) {
        throw QueryErrors.stopped("the disk for temporary files has little room left");
      }
      throw e;
    }
  }

  private static List<SqlValue> row(ResultSet rows, int columns, long room) throws SQLException {
    List<SqlValue> row = new ArrayList<>();
    long left = room;
    for (int column = 1; column <= columns; column++) {
      SqlValue value = SqlValue.read(rows, column, left > 0 ? SHOWN_BYTES : SHOWN_BYTES_AT_THE_END);
      left -= value.length() + CELL_BYTES;
      row.add(value);
    }
    return List.copyOf(row);
  }

  private static long bytes(List<SqlValue> row) {
    return row.stream().mapToLong(value -> value.length() + CELL_BYTES).sum();
  }

  private static List<String> columns(ResultSet rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
      @Nullable String name = rows.getMetaData().getColumnName(column);
      columns.add(name == null ? "" : name);
    }
    return columns;
  }
}
