package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.Collation;

/**
 * Stand-ins for what only the application brings, so that SQLite can compile statements that read.
 * Nothing may be looked up or written in an order that a stand-in makes up.
 */
public final class StandIns {
  private static final Pattern NO_COLLATION =
      Pattern.compile("no such collation sequence: (.+?)\\)?$");

  private StandIns() {}

  /** The collation that a statement could not be compiled without; empty for other errors. */
  public static Optional<String> missingCollation(SQLException e) {
    Matcher words = NO_COLLATION.matcher(String.valueOf(e.getMessage()).strip());
    return words.find() ? Optional.of(words.group(1)) : Optional.empty();
  }

  /** Gives the connection a collation of that name, which compares characters by their numbers. */
  public static void collation(Connection connection, String name) throws SQLException {
    Collation.create(
        connection,
        name,
        new Collation() {
          @Override
          protected int xCompare(String left, String right) {
            return left.compareTo(right);
          }
        });
    // Indexes that were read without the collation stay unused until the schema is read anew.
    Sql.execute(connection, "PRAGMA writable_schema = RESET");
  }
}
