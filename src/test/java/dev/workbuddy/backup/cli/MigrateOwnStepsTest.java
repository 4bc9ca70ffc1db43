package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Jars;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The application's own command and Java steps, run as a process as a user does. */
class MigrateOwnStepsTest extends MigrateScene {
  @Test
  void run_applicationsOwnCommand_works() throws Exception {
    Tools.require("python3");
    Files.writeString(
        directory.resolve("migrate.py"),
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.execute('ALTER TABLE notes ADD COLUMN colour TEXT')
        db.execute('PRAGMA user_version = 4')
        db.commit()
        """);
    configure(
        """
        backups:
          databases:
            projects:
              migrate_command: [python3, migrate.py, "{db}"]
              max_schema_version: 4
        """);
    assertThat(cli.ok("migrate", "run").out()).contains("4  python3 migrate.py {db}");
    assertThat(version(PROJECTS)).isEqualTo("4");
    cli.sql(PROJECTS, "PRAGMA user_version = 3");
    assertThat(refused(1, "migrate", "run"))
        .contains("duplicate column name: colour")
        .doesNotContain("is held");
    Files.writeString(
        directory.resolve("migrate.py"),
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.execute('DELETE FROM notes')
        db.commit()
        sys.exit('no luck')
        """);
    assertThat(refused(1, "migrate", "run")).contains("no luck", "is held: snap-");
  }

  @Test
  void run_javaStepThatPrints_leavesTheDocumentAlone() throws Exception {
    Jars.compile(
        directory,
        "Talker",
        """
        package app;
        import dev.workbuddy.backup.migration.*;
        import java.util.List;
        public class Talker implements LadderProvider {
          public String database() { return "projects"; }
          public List<Step> steps() {
            return List.of(Step.java(1, "talk", connection -> System.out.println("hello")));
          }
        }
        """);
    cli.sql(PROJECTS, "DROP TABLE notes", "PRAGMA user_version = 0");
    configure("backups: { databases: { projects: { migrations: ladders.jar } } }");
    String said;
    try (Companion program =
        Companion.java(
            Main.class, "--config-dir", directory, "migrate", "run", "--no-snapshot", "--json")) {
      said = program.hearAll();
    }
    assertThat(said).containsOnlyOnce("hello").endsWith("exit 0");
    String document = said.substring(said.indexOf('{'), said.lastIndexOf('}') + 1);
    assertThat(document).contains("\"projects\"").doesNotContain("hello");
  }

  @Test
  void run_terminated_endsTheApplicationsCommandAndWhatThatStarted() throws Exception {
    Tools.require("python3");
    Files.writeString(
        directory.resolve("migrate.py"),
        """
        import os, subprocess, sys
        subprocess.Popen([sys.executable, '-c', 'import sys; sys.stdin.read()'],
                         stdin=subprocess.PIPE)
        with open('command.pid.new', 'w') as f: f.write(str(os.getpid()))
        os.rename('command.pid.new', 'command.pid')
        sys.stdin = os.fdopen(os.pipe()[0])
        sys.stdin.read()
        """);
    configure(
        """
        backups:
          databases:
            projects:
              migrate_command: [python3, migrate.py, "{db}"]
              max_schema_version: 4
        """);
    Path pid = directory.resolve("command.pid");
    try (Companion program =
        Companion.java(
            Main.class, "--config-dir", directory, "migrate", "run", "--no-snapshot", "--quiet")) {
      while (!Files.exists(pid) && ProcessHandle.of(program.pid()).isPresent()) {
        Thread.onSpinWait();
      }
      ProcessHandle command = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
      List<ProcessHandle> all = Stream.concat(Stream.of(command), command.descendants()).toList();
      assertThat(all).hasSize(2).allMatch(ProcessHandle::isAlive);

      program.terminate();

      assertThat(program.hearAll()).endsWith("exit 143");
      assertThat(all).noneMatch(ProcessHandle::isAlive);
    }
    try (RunLock _ = RunLock.acquire(cli.backups().resolve("lock"), "test")) {
      assertThat(version(PROJECTS)).isEqualTo("3");
    }
  }
}
