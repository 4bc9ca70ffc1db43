package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Lets AUTOINCREMENT go on, so that no number is given away that the snapshot had given away. */
final class Sequences {
  private static final String EXISTS =
      "SELECT count(*) FROM %s.sqlite_schema WHERE name = 'sqlite_sequence'";

  private final Connection connection;
  private final boolean onBothSides;

  private Sequences(Connection connection, boolean onBothSides) {
    this.connection = connection;
    this.onBothSides = onBothSides;
  }

  static Sequences of(Connection connection) throws SQLException {
    return new Sequences(
        connection,
        Sql.number(connection, EXISTS.formatted("main")) == 1
            && Sql.number(connection, EXISTS.formatted("snapshot")) == 1);
  }

  /** Continues a table's numbers from the larger one of both sides. */
  void continueOf(String table) throws SQLException {
    if (!onBothSides) {
      return;
    }
    String sql =
        """
        UPDATE main.sqlite_sequence SET seq = (
          SELECT max(old.seq, main.sqlite_sequence.seq) FROM snapshot.sqlite_sequence AS old
          WHERE old.name = ?1 COLLATE NOCASE)
        WHERE name = ?1 COLLATE NOCASE AND EXISTS (
          SELECT 1 FROM snapshot.sqlite_sequence AS old WHERE old.name = ?1 COLLATE NOCASE)
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, table);
      update.executeUpdate();
    }
  }
}
