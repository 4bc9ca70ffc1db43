package dev.workbuddy.backup.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Looks inside a database file that nobody writes: a fresh copy, or one unpacked from a snapshot.
 * Nothing is created beside the file. Threads may inspect different files at once.
 */
public final class Inspector {
  private static final int COMPLAINTS = 20;

  /** What SQLite writes above its complaints where there are several in one row. */
  private static final String HEADING = "*** in database";

  /**
   * Checking indexes reads pages in random order; in SQLite's 2 MB most are read again and again.
   */
  private static final int CACHE_KIBIBYTES = 32 << 10;

  /** How hard to look for damage. */
  public enum Depth {
    /** Every page and its structure: {@code quick_check}. */
    QUICK("quick_check"),
    /** And every index entry against its row, {@code integrity_check}, and foreign keys. */
    FULL("integrity_check");

    private final String pragma;

    Depth(String pragma) {
      this.pragma = pragma;
    }
  }

  /**
   * Reads the file's header, counts its rows and checks it.
   *
   * @throws UnusableDatabaseException where it cannot be read as a database at all
   */
  public Inspection inspect(Path file, Depth depth) throws UnusableDatabaseException {
    try (Connection connection = Connections.still(file)) {
      Sql.execute(connection, "PRAGMA cache_size = -" + CACHE_KIBIBYTES);
      List<String> unchecked = new ArrayList<>();
      List<String> damage = damage(connection, depth, unchecked);
      Map<String, Long> rowCounts = damage.isEmpty() ? rowCounts(connection) : Map.of();
      return new Inspection(
          (int) Sql.number(connection, "PRAGMA page_size"),
          Sql.number(connection, "PRAGMA page_count"),
          (int) Sql.number(connection, "PRAGMA application_id"),
          (int) Sql.number(connection, "PRAGMA user_version"),
          rowCounts,
          damage.isEmpty() ? HighMarks.of(connection) : HighMarks.NONE,
          depth == Depth.FULL && damage.isEmpty()
              ? OptionalLong.of(ForeignKeys.violations(connection))
              : OptionalLong.empty(),
          damage,
          unchecked);
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e);
    }
  }

  /**
   * Where the schema needs what only the application brings (a collation, a function, a tokenizer),
   * SQLite refuses to check the database as a whole; then each table is checked that can be.
   */
  private static List<String> damage(Connection connection, Depth depth, List<String> unchecked)
      throws SQLException {
    try {
      return complaints(connection, depth, Integer.toString(COMPLAINTS));
    } catch (SQLException e) {
      Tables.requireApplicationMissing(e);
    }
    List<String> damage = new ArrayList<>(complaints(connection, depth, "sqlite_schema"));
    for (String table : Tables.names(connection)) {
      try {
        damage.addAll(complaints(connection, depth, Sql.quote(table)));
      } catch (SQLException e) {
        Tables.requireApplicationMissing(e);
        unchecked.add(table);
      }
    }
    return damage;
  }

  private static List<String> complaints(Connection connection, Depth depth, String scope)
      throws SQLException {
    List<String> answer = Sql.column(connection, "PRAGMA " + depth.pragma + "(" + scope + ")");
    return answer.equals(List.of("ok"))
        ? List.of()
        : answer.stream().flatMap(String::lines).filter(line -> !line.startsWith(HEADING)).toList();
  }

  private static Map<String, Long> rowCounts(Connection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : Tables.names(connection)) {
      counts.put(table, Tables.rows(connection, "main", table));
    }
    return counts;
  }
}
