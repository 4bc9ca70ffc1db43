package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.SafeText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what can be read of a damaged database, table by table, into a new file. The tables there
 * have their names, columns, values and row numbers, and no types, keys or constraints, which would
 * refuse some of the rows. For one use.
 */
public final class TableByTable {
  private static final String SOURCE = "damaged";

  /** Of the four bytes in a database's header that tell its encoding: SQLite's file format, 1.3. */
  private static final int ENCODING_OFFSET = 56;

  private final long end;
  private final Map<String, Long> rows = new TreeMap<>();
  private final List<String> left = new ArrayList<>();

  /**
   * @param limit how long all of it may take
   */
  public TableByTable(Duration limit) {
    this.end = System.nanoTime() + limit.toNanos();
  }

  /**
   * What was read.
   *
   * @param rows how many rows of which table
   * @param left what could not be read, in words for people
   */
  public record Read(Map<String, Long> rows, List<String> left) {}

  /**
   * Reads.
   *
   * @param damaged a private copy that nobody writes
   * @param target a file that does not exist yet
   * @throws UnusableDatabaseException where not even the schema can be read
   */
  public Read run(Path damaged, Path target) throws UnusableDatabaseException {
    try (Connection connection = Connections.create(target)) {
      // Entries of the schema that cannot be understood are passed over then, and so is a file
      // that is shorter than it says.
      Sql.execute(connection, "PRAGMA writable_schema = ON");
      Sql.execute(connection, "PRAGMA encoding = '%s'".formatted(encoding(damaged)));
      Sql.execute(connection, "PRAGMA journal_mode = MEMORY");
      Sql.execute(connection, "PRAGMA synchronous = OFF");
      Connections.attachStill(connection, damaged, SOURCE);
      StandIns standIns = new StandIns(connection);
      for (String table : tables(connection)) {
        table(connection, standIns, table);
      }
      return new Read(rows, left);
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e);
    }
  }

  /** As the file's header says, for only databases in one encoding can be read together. */
  private static String encoding(Path damaged) throws UnusableDatabaseException {
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "r")) {
      file.seek(ENCODING_OFFSET);
      return switch (file.readInt()) {
        case 2 -> "UTF-16le";
        case 3 -> "UTF-16be";
        default -> "UTF-8";
      };
    } catch (IOException e) {
      throw UnusableDatabaseException.of(new SQLException(IoMessages.of(e), e));
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return Sql.column(
        connection,
        """
        SELECT name FROM damaged.sqlite_schema
        WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """);
  }

  private void table(Connection connection, StandIns standIns, String table) throws SQLException {
    try {
      SalvagedTable salvaged = new SalvagedTable(connection, standIns, SOURCE, table, end);
      salvaged.read();
      rows.put(table, salvaged.rows());
      if (!salvaged.isWhole()) {
        left.add("some rows of table " + SafeText.line(table));
      }
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      left.add("table %s: %s".formatted(SafeText.line(table), SqliteMessages.withCode(e)));
    }
  }
}
