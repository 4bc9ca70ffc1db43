package dev.workbuddy.backup.sqlite;

import java.sql.SQLException;
import java.util.List;

/** What an application may teach its SQLite, and this program's does not know. */
public final class ApplicationsOwn {
  private static final List<String> LACKING =
      List.of(
          "no such collation sequence: ",
          "no such function: ",
          "unknown function: ",
          "no such module: ",
          "no such tokenizer: ",
          "unknown tokenizer");

  private ApplicationsOwn() {}

  /** Whether SQLite says that it lacks a collation, a function, a module or a tokenizer. */
  public static boolean isLacking(SQLException e) {
    String words = SqliteMessages.of(e);
    return LACKING.stream().anyMatch(words::startsWith);
  }
}
