package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.query.AskingProcess;
import dev.workbuddy.backup.query.QueryErrors;
import dev.workbuddy.backup.query.QueryReply;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sandbox;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.sqlite.TemporarySpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The rows of a snapshot that a user's condition chooses. It is asked once, in a process of its
 * own, and never where the live database could be harmed or kept waiting; that process leaves the
 * rows' handles in a file, which the rescue then reads.
 */
final class ChosenRows implements AutoCloseable {
  /** How long the condition may take for all rows of a database. */
  static final Duration TIME = Duration.ofMinutes(5);

  private static final String SCHEMA = "wb_where";
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final int OUTPUT_BYTES = 1 << 16;
  private static final int ROWS_AT_ONCE = 10_000;

  private final Path directory;

  private ChosenRows(Path directory) {
    this.directory = directory;
  }

  /** That the condition chose the row under the alias. */
  static String condition(TableMapping mapping, String alias, int number) {
    return "EXISTS (SELECT 1 FROM %s AS M WHERE %s)".formatted(table(number), mapping.found(alias));
  }

  private static String table(int number) {
    return SCHEMA + ".rows_" + number;
  }

  private record Input(
      String live,
      String snapshot,
      Map<Integer, Choice> choices,
      String where,
      String output,
      long millis)
      implements AskingProcess.Input {}

  /** What to ask of one table, and how many columns that has. */
  private record Choice(String select, int handles) {}

  private record Reply(QueryReply.@Nullable Refusal error) {}

  /**
   * Asks, and makes the answer known to the connection.
   *
   * @param connection to the live file, with the snapshot's attached as {@code snapshot}
   * @param tables whose rows to choose, each under its number
   */
  static ChosenRows find(
      Connection connection,
      Path live,
      Path snapshot,
      List<TableMapping> tables,
      String where,
      Duration time,
      Progress progress)
      throws IOException, InterruptedException, SQLException {
    ChosenRows chosen = new ChosenRows(Files.createTempDirectory("wb-backup-where"));
    try {
      Path file = Files.createFile(chosen.directory.resolve("rows.db"));
      Map<Integer, Choice> choices = new TreeMap<>();
      for (int i = 0; i < tables.size(); i++) {
        choices.put(i, choice(tables.get(i), where));
      }
      Input input =
          new Input(
              live.toString(),
              snapshot.toString(),
              choices,
              where,
              file.toString(),
              time.toMillis());
      Reply reply =
          AskingProcess.ask(ChosenRows.class, input, time, OUTPUT_BYTES, Reply.class, progress);
      if (reply.error() != null) {
        throw reply.error().asException();
      }
      Connections.attachStill(connection, file, SCHEMA);
      return chosen;
    } catch (IOException | InterruptedException | SQLException | RuntimeException | Error e) {
      chosen.close();
      throw e;
    }
  }

  private static Choice choice(TableMapping mapping, String where) {
    String select =
        "SELECT %s FROM %s AS %s WHERE (%s%n)"
            .formatted(
                mapping.handlesOf(mapping.alias()), mapping.oldName(), mapping.alias(), where);
    return new Choice(select, mapping.handles().size());
  }

  /** The process. */
  public static void main(String[] none) throws IOException {
    AskingProcess.answer(
        Input.class, ChosenRows::choose, error -> new Reply(QueryReply.Refusal.of(error)));
  }

  private static Reply choose(Input input) throws IOException {
    Duration time = Duration.ofMillis(input.millis());
    try (Connection output = Connections.writable(Path.of(input.output()), Duration.ZERO);
        Connection asked = Connections.live(Path.of(input.live()), BUSY_TIMEOUT)) {
      Connections.attachStill(asked, Path.of(input.snapshot()), "snapshot");
      Sandbox _ = Sandbox.close(asked, 1, time, TemporarySpace.inUse());
      Sql.execute(output, "PRAGMA synchronous = OFF"); // Nobody reads it after a crash.
      for (Map.Entry<Integer, Choice> each : input.choices().entrySet()) {
        copy(asked, each.getValue(), output, "rows_" + each.getKey());
      }
      return new Reply(null);
    } catch (SQLException e) {
      throw error(e, input.where(), time);
    }
  }

  private static void copy(Connection from, Choice choice, Connection to, String table)
      throws SQLException {
    String columns = handles(choice, i -> "h" + i);
    Sql.execute(to, "CREATE TABLE %s (%s)".formatted(table, columns));
    Sql.execute(to, "BEGIN");
    try (Statement asking = from.createStatement();
        ResultSet rows = asking.executeQuery(choice.select());
        PreparedStatement insert =
            to.prepareStatement(
                "INSERT INTO %s VALUES (%s)".formatted(table, handles(choice, _ -> "?")))) {
      int waiting = 0;
      while (rows.next()) {
        for (int i = 1; i <= choice.handles(); i++) {
          insert.setObject(i, rows.getObject(i));
        }
        insert.addBatch();
        if (++waiting % ROWS_AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    Sql.execute(to, "COMMIT");
    Sql.execute(to, "CREATE INDEX %1$s_handles ON %1$s (%2$s)".formatted(table, columns));
  }

  private static String handles(Choice choice, IntFunction<String> sql) {
    return IntStream.range(0, choice.handles()).mapToObj(sql).collect(Collectors.joining(", "));
  }

  private static BackupException error(SQLException e, String where, Duration time) {
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_INTERRUPT -> tooLong(time);
      case SQLITE_TOOBIG, SQLITE_NOMEM -> QueryErrors.tooMuchMemory();
      default -> WhereClause.invalid(where, SqliteMessages.of(e));
    };
  }

  private static BackupException tooLong(Duration time) {
    return new BackupException(
        ErrorCode.QUERY_STOPPED,
        "--where was stopped after %d s: it takes too long".formatted(time.toSeconds()),
        "Choose the rows with a simpler condition.");
  }

  /** What is left over is the system's to tidy up. */
  @Override
  public void close() {
    try {
      DurableFiles.deleteTree(directory);
    } catch (IOException leftover) {
      // It is a temporary file that nobody but this user can read.
    }
  }
}
