package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workspace with ladders. The fixture's databases are at schema version 3. */
abstract class MigrateScene {
  static final String PROJECTS = "projects.db";
  static final String TASKS = "tasks/task_metadata.db";

  private static final Set<String> RECORDS =
      Set.of("lock", "runs.lock", "last_run.json", "restores.jsonl");

  @TempDir Path directory;
  CommandLineFixture cli;

  @BeforeEach
  void configure() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    ladder("tasks", 3);
    ladder("projects", 4);
    configure(
        """
        backups:
          databases:
            tasks: { migrations: migrations/tasks }
            projects: { migrations: migrations/projects }
        """);
  }

  void configure(String local) throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), local);
  }

  void ladder(String name, int top) throws Exception {
    for (int version = 1; version <= top; version++) {
      step(name, version, "CREATE TABLE step_%d (a);".formatted(version));
    }
  }

  void step(String name, int version, String sql) throws Exception {
    Path ladder = Files.createDirectories(directory.resolve("migrations").resolve(name));
    Files.writeString(ladder.resolve("%03d_step_%d.sql".formatted(version, version)), sql);
  }

  String version(String file) throws Exception {
    return Databases.askOne(cli.live(file), "PRAGMA user_version");
  }

  /** Everything below the directory with checksums, but for locks and the records of restores. */
  Map<String, String> everything() throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (String name : Listing.of(directory)) {
      Path path = directory.resolve(name);
      if (!RECORDS.contains(path.getFileName().toString())) {
        all.put(name, Files.isDirectory(path) ? "directory" : Checksums.sha256(path));
      }
    }
    return all;
  }

  String refused(int exitCode, String... arguments) throws Exception {
    var ran = cli.run(arguments);
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(exitCode);
    assertThat(ran.err()).doesNotContain("\tat ", "Exception");
    return ran.err();
  }
}
