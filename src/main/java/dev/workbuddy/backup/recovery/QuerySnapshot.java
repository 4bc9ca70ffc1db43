package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.recovery.SnapshotDatabases.Source;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sandbox;
import dev.workbuddy.backup.sqlite.SqliteWords;
import dev.workbuddy.backup.sqlite.TemporarySpace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.sqlite.SQLiteErrorCode;

/** The use case of asking a snapshot, in SQL that can only read. */
public final class QuerySnapshot {
  private static final long MAX_BYTES = 64L << 20;

  private final SnapshotDatabases snapshots;

  public QuerySnapshot(Settings settings, InstantSource clock) {
    this.snapshots = new SnapshotDatabases(settings, clock);
  }

  /** Unpacks what is named, asks, and reads the answer up to the limits. */
  public QueryResult run(QueryRequest request, Progress progress) throws IOException {
    Source source = snapshots.find(request.snapshot());
    source.item(request.database());
    ReadingSql.require(request.sql());
    Set<String> names = new TreeSet<>(request.neighbours());
    names.add(request.database());
    Map<String, Path> files = snapshots.files(source, names, DatabaseCache.Trust.SEAL, progress);
    progress.step("asking " + request.database());
    try (Connection connection =
        Connections.still(Objects.requireNonNull(files.get(request.database())))) {
      names.remove(request.database());
      for (String neighbour : names) {
        Connections.attachStill(
            connection, Objects.requireNonNull(files.get(neighbour)), neighbour);
      }
      Sandbox sandbox =
          Sandbox.close(connection, names.size(), request.time(), TemporarySpace.inUse());
      return read(connection, request, source, sandbox);
    } catch (SQLException e) {
      throw error(e, request);
    }
  }

  private static QueryResult read(
      Connection connection, QueryRequest request, Source source, Sandbox sandbox)
      throws SQLException {
    List<List<Cell>> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(request.sql())) {
      List<String> columns = columns(rows);
      long bytes = 0;
      boolean more = rows.next();
      while (more && found.size() < request.limit() && bytes < MAX_BYTES) {
        List<Cell> row = row(rows, columns.size());
        bytes += bytes(row);
        found.add(row);
        more = rows.next();
      }
      return new QueryResult(
          source.id(), request.database(), columns, found, more, source.remarks());
    } catch (SQLException e) {
      if (sandbox.reached() == Sandbox.Limit.DISK) {
        throw stopped("the disk for temporary files has little room left");
      }
      throw e;
    }
  }

  private static List<Cell> row(ResultSet rows, int columns) throws SQLException {
    List<Cell> row = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      row.add(Cell.read(rows, column));
      if (bytes(row) > MAX_BYTES) {
        throw stopped("a row of the answer is too large");
      }
    }
    return List.copyOf(row);
  }

  private static long bytes(List<Cell> row) {
    return row.stream().mapToLong(Cell::length).sum();
  }

  private static List<String> columns(ResultSet rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
      columns.add(rows.getMetaData().getColumnName(column));
    }
    return columns;
  }

  private static BackupException error(SQLException e, QueryRequest request) {
    String message = SqliteWords.of(e);
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_READONLY, SQLITE_AUTH -> ReadingSql.refused(message);
      case SQLITE_INTERRUPT ->
          new BackupException(
              ErrorCode.QUERY_STOPPED,
              "stopped after %d s: the answer takes too long".formatted(request.time().toSeconds()),
              "Ask for less, or allow more with --timeout.");
      case SQLITE_TOOBIG -> stopped("a value is too large");
      case SQLITE_NOMEM -> stopped("it needs too much memory");
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_IOERR ->
          LiveFiles.unusable(request.database(), e);
      default -> LiveFiles.otherEncoding(e).orElseGet(() -> ReadingSql.invalid(message));
    };
  }

  private static BackupException stopped(String why) {
    return new BackupException(
        ErrorCode.QUERY_STOPPED,
        "stopped: " + why,
        "Ask for less: fewer rows, or less of long values, for example with substr().");
  }
}
