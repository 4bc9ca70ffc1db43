package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.Collation;
import org.sqlite.Function;

/**
 * Collations and functions in place of those that only the application has, so that SQLite checks
 * b-trees whose schema names them. What follows from what they answer means nothing.
 */
final class StandIns {
  private static final Pattern COLLATION = Pattern.compile("no such collation sequence: (.*)");
  private static final Pattern FUNCTION =
      Pattern.compile("(?:no such|unknown) function: (.*?)(?:\\(\\))?");
  private static final int ANY_NUMBER_OF_ARGUMENTS = -1;

  private final Connection connection;
  private final Set<String> supplied = new HashSet<>();

  StandIns(Connection connection) {
    this.connection = connection;
  }

  /** Whether SQLite said that it lacks a collation or a function. */
  static boolean areWanted(SQLException e) {
    String words = SqliteWords.of(e);
    return COLLATION.matcher(words).matches() || FUNCTION.matcher(words).matches();
  }

  /** Supplies what SQLite said that it lacks; false where that is something else. */
  boolean supply(SQLException e) throws SQLException {
    String words = SqliteWords.of(e);
    if (!supplied.add(Sql.folded(words))) {
      return false;
    }
    Matcher collation = COLLATION.matcher(words);
    if (collation.matches()) {
      Collation.create(connection, collation.group(1), new ByCodeUnits());
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
