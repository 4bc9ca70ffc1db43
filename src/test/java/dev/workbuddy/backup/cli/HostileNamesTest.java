package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Hostile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Names from databases, directories and arguments, on every command, on both streams. */
class HostileNamesTest {
  private static final String QUOTED = '"' + Hostile.NAME + '"';

  /** They stay until they are ended; what they print goes through the same printers. */
  private static final Set<String> STAYING = Set.of("sidecar", "serve", "mcp", "demo");

  @TempDir private Path directory;
  private CommandLineFixture cli;
  private final Set<String> called = new TreeSet<>();
  private final StringBuilder shown = new StringBuilder();

  @BeforeEach
  void makeHostileData() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    cli.sql(
        "projects.db",
        "CREATE TABLE %s (id INTEGER PRIMARY KEY, %s TEXT)".formatted(QUOTED, QUOTED),
        ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                + " INSERT INTO %s SELECT i, '%s' || i FROM n")
            .formatted(QUOTED, Hostile.NAME),
        "CREATE INDEX \"i%s\" ON %s (%s)".formatted(Hostile.NAME, QUOTED, QUOTED),
        "CREATE VIEW \"v%s\" AS SELECT 1 AS %s".formatted(Hostile.NAME, QUOTED),
        "CREATE TRIGGER \"t%s\" AFTER DELETE ON %s BEGIN SELECT 1; END"
            .formatted(Hostile.NAME, QUOTED));
    Files.writeString(cli.live(Hostile.NAME), "beside");
    Files.copy(cli.live("threads.db"), cli.live(Hostile.NAME + ".db"));
    Path remote = Files.createDirectories(directory.resolve("far\u202e\u200b"));
    Files.writeString(
        directory.resolve("config.local.yaml"),
        """
        backups:
          directory: {path: "%s"}
          hooks:
            after_snapshot: [["printf", "%%s", "%s"]]
        """
            .formatted(remote, "\\e[31m\\n" + Hostile.FORGED + "\\u202e"),
        StandardCharsets.UTF_8);
  }

  @Test
  void everyCommand_hostileNames_nothingHiddenAndNoForgedLine() throws Exception {
    assertThat(cli.run("now", "--manual")).matches(ran -> ran.exitCode() == 0);
    see("now", "--manual");
    cli.sql("projects.db", "DELETE FROM " + QUOTED + " WHERE id > 20");
    cli.sql("projects.db", "ALTER TABLE " + QUOTED + " ADD COLUMN \"c" + Hostile.NAME + "\"");
    see("now");
    String first = manualSnapshot();
    see("init", cli.live("").toString());
    see("list", "--remote");
    see("show", first);
    see("show", Hostile.NAME);
    see("verify", "--all");
    see("diff", first, "--rows");
    see("diff", first, "--table", Hostile.NAME);
    see("query", first, "projects", "SELECT * FROM " + QUOTED);
    see("query", first, "projects", "SELECT " + QUOTED + ".nothing FROM notes");
    see("rescue", first);
    see("rescue", first, "--where", QUOTED + "='");
    see("rescue", first, "--apply", "--yes", "--db", "projects");
    see("alarms");
    see("alarms", "ack");
    see("confirm", Hostile.NAME);
    see("hold", "latest", "--reason", Hostile.NAME);
    see("drill");
    see("push", "--all-missing");
    see("pull", first);
    see("prune", "--dry-run");
    see("restore", first, "--only", Hostile.NAME);
    see("restore", first, "--yes", "--force");
    see("rollback", "--yes");
    see("take-over", first, "--dry-run");
    see("migrate", "status");
    see("migrate", "run", "--dry-run");
    see("migrate", "new", Hostile.NAME, Hostile.NAME);
    see("config", "show");
    see("config", "validate");
    see("schedule", "status");
    see("schedule", "install", "--dry-run");
    see("schedule", "uninstall");
    see("commands", "install");
    see("doctor");
    see("doctor", "--fix=" + Hostile.NAME);
    see(Hostile.NAME);
    see("list", "--config-dir", directory.resolve(Hostile.NAME).toString());
    damage();
    see("verify", "latest");
    see("now");
    see("doctor", "--debug");
    assertThat(called).containsAll(leaves());
    assertThat(shown).contains("\\u{1b}[31m", "\\u{202e}", "\\u{a}");
  }

  private String manualSnapshot() throws Exception {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith("-manual"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** An index that lacks rows: SQLite's own words quote its name. */
  private void damage() throws Exception {
    cli.sql(
        "projects.db",
        "CREATE INDEX \"j%s\" ON %s (id, %s)".formatted(Hostile.NAME, QUOTED, QUOTED),
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX \"j%s\" ON %s (%s, id)' WHERE name LIKE 'j%%'"
            .formatted(Hostile.NAME, QUOTED, QUOTED));
    see("now");
  }

  /** Text and JSON, both safe on a terminal. */
  private void see(String... arguments) {
    called.add(leaf(arguments));
    List<String> asJson = new ArrayList<>(List.of(arguments));
    asJson.add("--json");
    for (List<String> words : List.of(asJson, List.of(arguments))) {
      CommandLineFixture.Ran ran = cli.run(words.toArray(String[]::new));
      Hostile.requireSafe(words + " on standard output", ran.out());
      Hostile.requireSafe(words + " on standard error", ran.err());
      shown.append(ran.out()).append(ran.err());
    }
  }

  private static String leaf(String... arguments) {
    boolean nested =
        arguments.length > 1
            && Set.of("alarms", "migrate", "schedule", "config", "commands").contains(arguments[0]);
    return nested ? arguments[0] + " " + arguments[1] : arguments[0];
  }

  private Set<String> leaves() {
    Set<String> names = new TreeSet<>();
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    collect(CommandTree.whole(new WbBackup(cli.environment(nowhere, nowhere))), "", names);
    names.removeAll(STAYING);
    assertThat(names).hasSizeGreaterThan(20);
    return names;
  }

  private static void collect(CommandLine line, String name, Set<String> names) {
    if (line.getSubcommands().isEmpty()) {
      names.add(name);
    }
    line.getSubcommands()
        .forEach((word, command) -> collect(command, (name + " " + word).strip(), names));
  }
}
