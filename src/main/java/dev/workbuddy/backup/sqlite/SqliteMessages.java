package dev.workbuddy.backup.sqlite;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SQLite said, in its own words. */
public final class SqliteMessages {
  private static final Pattern DRIVER = Pattern.compile("\\[SQLITE_\\w+] [^(]*\\((.*)\\)");

  private SqliteMessages() {}

  /** The first line of what went wrong, without what the driver puts around it. */
  public static String of(SQLException e) {
    String message = e.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    Matcher driver = DRIVER.matcher(line);
    String words = driver.matches() ? driver.group(1) : line;
    return words.isEmpty() ? "SQLite gives no reason" : words;
  }

  /** Returns that line with the name of SQLite's result code, which its documentation explains. */
  public static String withCode(SQLException e) {
    return of(e) + " (" + Connections.code(e) + ")";
  }
}
