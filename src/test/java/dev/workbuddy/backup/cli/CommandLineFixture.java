package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Printer;
import dev.workbuddy.backup.testing.Errors;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A command line in a directory of its own, under a clock that moves a second at each look. */
final class CommandLineFixture {
  private static final List<String> FILES =
      List.of("tasks/task_metadata.db", "projects.db", "messages.db", "threads.db", "entities.db");

  private final Path directory;
  private final AtomicLong seconds =
      new AtomicLong(Instant.parse("2026-03-04T05:06:07Z").getEpochSecond());
  private final Map<String, String> variables = new HashMap<>();
  private final Errors.Variables read = new Errors.Variables(variables);

  CommandLineFixture(Path directory) {
    this.directory = directory;
  }

  /** Sets the clock forward, or back. */
  void moveClock(Duration by) {
    seconds.addAndGet(by.toSeconds());
  }

  /** What one command did. */
  record Ran(int exitCode, String out, String err) {}

  Ran run(String... arguments) {
    return run(Optional.empty(), arguments);
  }

  /** What happens while a person thinks. */
  @FunctionalInterface
  interface Meanwhile {
    void happens() throws Exception;
  }

  /** Runs a command with a person at the terminal, who answers each question alike. */
  Ran asked(String answer, Meanwhile meanwhile, String... arguments) {
    BufferedReader person =
        new BufferedReader(Reader.nullReader()) {
          @Override
          public String readLine() throws IOException {
            try {
              meanwhile.happens();
            } catch (Exception e) {
              throw new IOException(e);
            }
            return answer;
          }
        };
    return run(Optional.of(person), arguments);
  }

  private Ran run(Optional<BufferedReader> person, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        environment(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            person);
    int exitCode = Main.run(environment, arguments);
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What commands find here. */
  Environment environment(PrintStream out, PrintStream err) {
    return environment(out, err, Optional.empty());
  }

  private Environment environment(
      PrintStream out, PrintStream err, Optional<BufferedReader> person) {
    InstantSource clock = () -> Instant.ofEpochSecond(seconds.incrementAndGet());
    return new Environment(
        read, directory, clock, new Printer(out), new Printer(err), person, false, () -> {});
  }

  /**
   * Lets whatever reads the configuration throw from now on.
   *
   * @param error null for nothing
   * @return how often it did so far
   */
  int throwing(@Nullable Errors error) {
    read.set(error);
    return read.thrown();
  }

  /** Runs a command that must end well. */
  Ran ok(String... arguments) {
    Ran ran = run(arguments);
    if (ran.exitCode() != 0) {
      throw new AssertionError(String.join(" ", arguments) + " failed: " + ran);
    }
    return ran;
  }

  /** Work-buddy's five databases with a few rows each, and a configuration for them. */
  CommandLineFixture withDatabases() throws Exception {
    for (String file : FILES) {
      Path path = live(file);
      Files.createDirectories(path.resolveSibling("."));
      sql(
          file,
          "PRAGMA journal_mode = WAL",
          "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)",
          "INSERT INTO notes (text) VALUES ('one'), ('two'), ('three')",
          "PRAGMA user_version = 3");
    }
    ok("init");
    return this;
  }

  void sql(String file, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + live(file));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  long rows(String file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + live(file));
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM notes")) {
      return rows.getLong(1);
    }
  }

  Path live(String file) {
    return directory.resolve(".data/db").resolve(file);
  }

  Path directory() {
    return directory;
  }

  Path backups() {
    return directory.resolve(".data/backups");
  }

  void set(String variable, String value) {
    variables.put(variable, value);
  }
}
