package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.GoldenFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts read: the shape of every document, with what differs between runs masked. */
class JsonTest {
  @TempDir private Path directory;

  private String masked(String document) {
    return document
        .replace(directory.toString(), "DIR")
        .replaceAll("\"(host|by|version|sqlite_version)\" : \"[^\"]*\"", "\"$1\" : \"MASKED\"")
        .replaceAll("\"sha256\" : \"[0-9a-f]{64}\"", "\"sha256\" : \"MASKED\"")
        .replaceAll("\"id\" : \"[0-9a-f]{8}\"", "\"id\" : \"MASKED\"")
        .replaceAll("\"identity\" : \"[0-9a-f]{32}\"", "\"identity\" : \"MASKED\"")
        .replaceAll("\"(bytes|millis|skew_millis|locked_millis)\" : \\d+", "\"$1\" : 0")
        .replaceAll("\"(duration_millis|age_seconds)\" : \\d+", "\"$1\" : 0")
        .replaceAll("\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}(-\\d{3})?Z", "TIME")
        .replaceAll("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z", "TIME");
  }

  private void check(CommandLineFixture cli, String name, String... arguments) throws Exception {
    var ran = cli.run(arguments);
    assertThat(ran.out()).startsWith("{\n  \"status\" : ");
    GoldenFile.check("json/" + name + ".json", masked(ran.out()));
  }

  @Test
  void documents_ofEveryCommand_haveTheirShape() throws Exception {
    CommandLineFixture cli = new CommandLineFixture(directory);
    check(cli, "error", "now", "--json");
    check(cli, "usage", "--json", "no-such-command");
    check(cli, "init", "init", "--json");
    check(cli, "config-show", "config", "show", "--json");
  }

  @Test
  void documents_aboutSnapshots_haveTheirShape() throws Exception {
    CommandLineFixture cli = new CommandLineFixture(directory).withDatabases();
    check(cli, "now", "now", "--label", "first", "--json");
    check(cli, "hold", "hold", "latest", "--reason", "kept", "--json");
    check(cli, "list", "list", "--json");
    check(cli, "show", "show", "latest", "--json");
    check(cli, "verify", "verify", "--all", "--json");
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup");
    check(cli, "schedule-status", "schedule", "status", "--json");
    check(cli, "prune", "prune", "--dry-run", "--json");
    check(cli, "restore-dry-run", "restore", "latest", "--dry-run", "--json");
    check(cli, "restore", "restore", "latest", "--json");
    check(cli, "rollback", "rollback", "--json");
    check(cli, "release", "hold", "latest", "--release", "--json");
  }

  @Test
  void documents_aboutLostData_haveTheirShape() throws Exception {
    CommandLineFixture cli = new CommandLineFixture(directory).withDatabases();
    cli.ok("now");
    cli.sql(
        "projects.db",
        "DELETE FROM notes WHERE id = 1",
        "UPDATE notes SET text = CAST(x'ff' AS TEXT) WHERE id = 2",
        "INSERT INTO notes VALUES (9223372036854775807, NULL)",
        "CREATE INDEX by_text ON notes (text)");
    check(cli, "diff", "diff", "latest", "--db", "projects", "--json");
    check(cli, "diff-rows", "diff", "latest", "--db", "projects", "--rows", "--json");
    check(cli, "query", "query", "latest", "projects", "SELECT * FROM notes", "--json");
    check(cli, "rescue-dry-run", "rescue", "latest", "--db", "projects", "--json");
    check(cli, "rescue", "rescue", "latest", "--db", "projects", "--apply", "--json");
  }

  @Test
  void documents_aboutAlarms_haveTheirShape() throws Exception {
    CommandLineFixture cli = new CommandLineFixture(directory).withDatabases();
    cli.ok("now");
    cli.sql("projects.db", "DROP TABLE notes");
    check(cli, "now-alarm", "now", "--json");
    check(cli, "alarms", "alarms", "--json");
    check(cli, "alarms-ack", "alarms", "ack", "--all", "--why", "not used any more", "--json");
    check(cli, "alarms-acknowledged", "alarms", "--acknowledged", "--json");
  }

  @Test
  void documents_aboutMigrations_haveTheirShape() throws Exception {
    CommandLineFixture cli = new CommandLineFixture(directory).withDatabases();
    Path ladder = Files.createDirectories(directory.resolve("migrations"));
    for (int step = 1; step <= 4; step++) {
      Files.writeString(ladder.resolve("00" + step + "_initial.sql"), "CREATE TABLE a (b)");
    }
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { databases: { tasks: { migrations: migrations } } }");
    check(cli, "migrate-status", "migrate", "status", "--json");
    check(cli, "migrate-dry-run", "migrate", "run", "--dry-run", "--json");
    check(cli, "migrate-run", "migrate", "run", "--json");
    check(cli, "migrate-new", "migrate", "new", "more", "--db", "tasks", "--json");
  }
}
