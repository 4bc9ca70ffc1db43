package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.io.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The {@code .recover} of SQLite's own shell. It finds rows whose b-tree is lost, and makes schema
 * and keys again; it passes over tables whose schema names what only the application has. Some
 * builds of the shell have no such command.
 *
 * @param program the shell
 * @param limit how long each of its two steps may take
 */
public record ShellRecover(Path program, Duration limit) {
  private static final int OUTPUT_LIMIT = 1 << 16;
  private static final String SQL = "recovered.sql";

  /** Finds it by {@code PATH}. */
  public static Optional<ShellRecover> find(Map<String, String> environment, Duration limit) {
    return Programs.find("sqlite3", environment).map(program -> new ShellRecover(program, limit));
  }

  /**
   * Reads what can be read into a new file.
   *
   * @param damaged a private copy that nobody else uses
   * @param target a file that does not exist yet, in the same directory
   * @return how many rows of which table; empty where the shell could not do it
   */
  public Optional<Map<String, Long>> run(Path damaged, Path target)
      throws IOException, InterruptedException {
    Path directory = target.resolveSibling(".");
    Path sql = target.resolveSibling(SQL);
    try {
      boolean made =
          Subprocess.runInto(sql, call(directory, damaged, ".recover")).ok()
              && Subprocess.runFrom(sql, call(directory, target)).ok();
      return made ? counted(target) : Optional.empty();
    } finally {
      Files.deleteIfExists(sql);
    }
  }

  /** In safe mode nothing in the database can make the shell touch another file. */
  private Subprocess.Call call(Path directory, Path database, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(program.toString(), "-batch", "-bail", "-safe", database.toString()));
    command.addAll(List.of(more));
    Map<String, String> noFileOfTheUsers = Map.of("HOME", directory.toString(), "LC_ALL", "C");
    return new Subprocess.Call(command, directory, noFileOfTheUsers, limit, OUTPUT_LIMIT);
  }

  private static Optional<Map<String, Long>> counted(Path target) {
    if (!Files.exists(target)) {
      return Optional.empty();
    }
    try (Connection connection = Connections.own(target)) {
      Map<String, Long> rows = new TreeMap<>();
      for (String table : Tables.names(connection)) {
        rows.put(table, Tables.rows(connection, "main", table));
      }
      return Optional.of(rows);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
