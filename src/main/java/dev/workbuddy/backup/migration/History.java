package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table in each database that says which steps made it what it is. */
public final class History {
  /** The table's name. */
  public static final String TABLE = "_migration_history";

  /** The {@code hash_format} of the row that stands for a database taken as it was. */
  static final String BASELINE = "wb-backup-baseline";

  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS _migration_history (
        version INTEGER PRIMARY KEY,
        description TEXT NOT NULL,
        applied_at TEXT NOT NULL,
        code_hash TEXT,
        hash_format TEXT
      )\
      """;

  private History() {}

  /**
   * A step that was applied.
   *
   * @param hash empty where none was recorded
   */
  record Row(int version, Optional<CodeHash> hash) {}

  /**
   * What is recorded; nothing where the table is not there or is another tool's, made otherwise.
   */
  static List<Row> read(Connection connection) throws SQLException {
    List<String> columns =
        Sql.column(connection, "SELECT name FROM pragma_table_info('" + TABLE + "')");
    if (!Set.copyOf(columns).containsAll(Set.of("version", "code_hash", "hash_format"))) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT version, code_hash, hash_format FROM main._migration_history"
                    + " ORDER BY version")) {
      while (found.next()) {
        rows.add(new Row(found.getInt(1), hash(found.getString(2), found.getString(3))));
      }
    }
    return List.copyOf(rows);
  }

  /** The version that the database was taken to be at; empty where there is no such row. */
  static OptionalInt baseline(Connection connection) throws SQLException {
    long version =
        Sql.number(
            connection,
            "SELECT max(version) FROM main._migration_history WHERE hash_format = '"
                + BASELINE
                + "'");
    return version < 1 ? OptionalInt.empty() : OptionalInt.of((int) version);
  }

  private static Optional<CodeHash> hash(@Nullable String hex, @Nullable String format) {
    return hex == null || format == null
        ? Optional.empty()
        : Optional.of(new CodeHash(format, hex));
  }

  /** Records a step. */
  static void add(Connection connection, Step step, Instant moment) throws SQLException {
    add(
        connection,
        step.rung(),
        moment,
        step.hash().map(CodeHash::hex).orElse(null),
        step.hash().map(CodeHash::format).orElse(null));
  }

  /** Records that a database was taken to be at this version as it was. */
  static void addBaseline(Connection connection, int version, Instant moment) throws SQLException {
    add(connection, new StepSummary(version, "baseline"), moment, null, BASELINE);
  }

  private static void add(
      Connection connection,
      StepSummary rung,
      Instant moment,
      @Nullable String hash,
      @Nullable String format)
      throws SQLException {
    Sql.execute(connection, CREATE);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO main._migration_history"
                + " (version, description, applied_at, code_hash, hash_format)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setInt(1, rung.version());
      insert.setString(2, rung.description());
      insert.setString(3, moment.truncatedTo(ChronoUnit.SECONDS).toString());
      insert.setString(4, hash);
      insert.setString(5, format);
      insert.executeUpdate();
    }
  }
}
