package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.Collation;
import org.sqlite.Function;

/**
 * Collations and functions in place of those that only the application has, so that SQLite checks
 * b-trees whose schema names them, and compiles statements that read. What follows from what they
 * answer means nothing: nothing may be looked up or written in an order that a stand-in makes up.
 */
public final class StandIns {
  private static final Pattern COLLATION = Pattern.compile("no such collation sequence: (.*)");
  private static final Pattern FUNCTION =
      Pattern.compile("(?:no such|unknown) function: (.*?)(?:\\(\\))?");
  private static final Pattern NO_COLLATION =
      Pattern.compile("no such collation sequence: (.+?)\\)?$");
  private static final int ANY_NUMBER_OF_ARGUMENTS = -1;

  private final Connection connection;
  private final Set<String> supplied = new HashSet<>();

  StandIns(Connection connection) {
    this.connection = connection;
  }

  /** Whether SQLite said that it lacks a collation or a function. */
  static boolean areWanted(SQLException e) {
    String words = SqliteMessages.of(e);
    return COLLATION.matcher(words).matches() || FUNCTION.matcher(words).matches();
  }

  /** Supplies what SQLite said that it lacks; false where that is something else. */
  boolean supply(SQLException e) throws SQLException {
    String words = SqliteMessages.of(e);
    if (!supplied.add(Sql.folded(words))) {
      return false;
    }
    Matcher collation = COLLATION.matcher(words);
    if (collation.matches()) {
      create(connection, collation.group(1));
      return true;
    }
    Matcher function = FUNCTION.matcher(words);
    if (function.matches()) {
      Function.create(
          connection,
          unquoted(function.group(1)),
          new Nothing(),
          ANY_NUMBER_OF_ARGUMENTS,
          Function.FLAG_DETERMINISTIC);
      return true;
    }
    return false;
  }

  /** Supplies what an index of a table is ordered by: without it no walk through one is found. */
  void supplyFor(String schema, String table) throws SQLException {
    String collations =
        """
        SELECT DISTINCT x.coll FROM pragma_index_list(%1$s, %2$s) AS i
        CROSS JOIN pragma_index_xinfo(i.name, %2$s) AS x
        WHERE upper(x.coll) NOT IN ('BINARY', 'NOCASE', 'RTRIM')
        """
            .formatted(Sql.literal(table), Sql.literal(schema));
    for (String name : Sql.column(connection, collations)) {
      create(connection, name);
    }
  }

  /** The collation that a statement could not be compiled without; empty for other errors. */
  public static Optional<String> missingCollation(SQLException e) {
    Matcher words = NO_COLLATION.matcher(String.valueOf(e.getMessage()).strip());
    return words.find() ? Optional.of(words.group(1)) : Optional.empty();
  }

  /** Gives the connection a collation of that name, which compares characters by their numbers. */
  public static void collation(Connection connection, String name) throws SQLException {
    create(connection, name);
    // Indexes that were read without the collation stay unused until the schema is read anew.
    Sql.execute(connection, "PRAGMA writable_schema = RESET");
  }

  private static void create(Connection connection, String name) throws SQLException {
    Collation.create(connection, name, new ByCodeUnits());
  }

  private static String unquoted(String name) {
    boolean quoted = name.length() > 1 && "\"`[".indexOf(name.charAt(0)) >= 0;
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  private static final class ByCodeUnits extends Collation {
    @Override
    protected int xCompare(String one, String other) {
      return one.compareTo(other);
    }
  }

  /** NULL breaks no CHECK constraint. */
  private static final class Nothing extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result();
    }
  }
}
