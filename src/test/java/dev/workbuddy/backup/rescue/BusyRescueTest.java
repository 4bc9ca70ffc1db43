package dev.workbuddy.backup.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RescueResult.TableRescue;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The story: an application writes without pause, a bug deletes, the rescue brings it back. */
class BusyRescueTest {
  private static final List<String> TABLES =
      List.of("project", "person", "task", "note", "task_log", "sqlite_sequence");

  /**
   * Writes everything twice, to its database and to an oracle that no bug touches: new rows of
   * every table, changes of rows that the bug spares, deletions of its own rows. Says every 25th
   * commit; ends when it is told to, with both in the same state. Dies if it waits for more than
   * five seconds.
   */
  private static final String APPLICATION =
      """
      import select, sqlite3, sys
      sides = [sqlite3.connect(path, timeout=5, isolation_level=None) for path in sys.argv[1:3]]
      for side in sides:
          side.execute('PRAGMA synchronous = OFF')
          side.execute('PRAGMA foreign_keys = ON')
      number = 1000000
      while not select.select([sys.stdin], [], [], 0)[0]:
          number += 1
          spared = 5 * (1 + number % 300)
          for side in sides:
              side.execute('BEGIN IMMEDIATE')
              side.execute('INSERT INTO project VALUES (?, ?)', (number, f'new {number}'))
              side.execute('INSERT INTO person VALUES (?, ?)', (number, f'new {number}'))
              for project, person in ((number, spared), (spared, number)):
                  task = side.execute(
                      'INSERT INTO task (project, person, text) VALUES (?, ?, ?)',
                      (project, person, f'new {number}')).lastrowid
                  side.execute('INSERT INTO note (task, text) VALUES (?, ?)', (task, 'new'))
              side.execute('UPDATE project SET name = ? WHERE id = ?', (f'my {number}', spared))
              side.execute('DELETE FROM person WHERE id = ?', (number - 3 * (number % 2),))
              side.execute('COMMIT')
          if number % 25 == 0:
              print(number)
      print('stopped')
      """;

  private static final String FILL =
      " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) SELECT ";

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({"wal,0", "delete,0", "wal,500"})
  void run_whileAnotherProcessWrites_losesNothingOfEither(String mode, int batch) throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("PRAGMA journal_mode = " + mode);
    site.sql(
        "CREATE TABLE project (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
        "CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
        "CREATE TABLE task (id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL"
            + " REFERENCES project ON DELETE CASCADE, person INTEGER REFERENCES person ON DELETE"
            + " CASCADE, text, twice AS (text || text))",
        "CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, task INTEGER NOT NULL REFERENCES"
            + " task ON DELETE CASCADE, text)",
        "CREATE INDEX task_project ON task (project)",
        "CREATE INDEX task_person ON task (person)",
        "CREATE INDEX note_task ON note (task)",
        "CREATE TABLE task_log (task INTEGER PRIMARY KEY)",
        "INSERT INTO project" + FILL.formatted(2000) + "i, 'old ' || i FROM n",
        "INSERT INTO person" + FILL.formatted(2000) + "i, 'old ' || i FROM n",
        "INSERT INTO task (project, person, text)"
            + FILL.formatted(6000)
            + "1 + i * 7 % 2000, 1 + i * 13 % 2000, 'old ' || i FROM n",
        "INSERT INTO note (task, text)" + FILL.formatted(9000) + "1 + i % 6000, 'old' FROM n",
        "CREATE TRIGGER log_task AFTER INSERT ON task BEGIN INSERT INTO task_log VALUES (new.id);"
            + " END");
    String snapshot = site.snapshot();
    Path oracle = Files.copy(site.tasks(), root.resolve("oracle.db"));
    try (Companion application = Companion.python(APPLICATION, site.tasks(), oracle)) {
      hear(application, 3);
      site.sql(
          "PRAGMA busy_timeout = 5000",
          "PRAGMA foreign_keys = ON",
          "DELETE FROM project WHERE id <= 2000 AND id % 5 <> 0",
          "DELETE FROM person WHERE id <= 2000 AND id % 5 <> 0");
      hear(application, 3);
      assertThat(site.ask("SELECT count(*) < 1000 FROM note WHERE text = 'old'"))
          .containsExactly("1");
      assertHourlyRunRaisesTheAlarm(site, snapshot);
      hear(application, 3);

      RescueResult result = site.rescue().run(request(snapshot, batch), Progress.silent());

      hear(application, 3);
      application.say("stop");
      assertThat(application.hearAll()).endsWith("stopped\nexit 0");
      assertThat(result.status()).isEqualTo(Status.DONE);
      assertThat(result.databases().getFirst().tables())
          .filteredOn(table -> !table.table().equals("task_log"))
          .allMatch(table -> table.missing() > 1000)
          .extracting(TableRescue::table)
          .containsExactlyInAnyOrder("project", "person", "task", "note");
      assertThat(site.clock().waits()).as("writers had their turn").isNotEmpty();
    }
    for (String table : TABLES) {
      String all = "SELECT * FROM " + table + " ORDER BY 1";
      assertThat(site.ask(rows(table))).as(all).isEqualTo(Databases.ask(oracle, rows(table)));
    }
    assertThat(site.ask("PRAGMA foreign_key_check")).isEmpty();
    assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
  }

  private static void assertHourlyRunRaisesTheAlarm(RecoverySite site, String good)
      throws Exception {
    site.snapshot();
    Path backups = site.settings().backupsDir();
    assertThat(Alarms.open(backups)).extracting(Alarm::table).contains("task", "note");
    assertThat(new SnapshotFinder(new LocalStore(backups)).find(good).hold()).isNotNull();
  }

  private static RescueRequest request(String snapshot, int batch) {
    RescueOptions options = new RescueOptions(false, false, false, false, false, batch);
    return new RescueRequest(snapshot, Set.of("tasks"), Set.of(), null, options);
  }

  private static String rows(String table) {
    String columns =
        switch (table) {
          case "project", "person" -> "id, name";
          case "task" -> "id, project, person, text, twice";
          case "note" -> "id, task, text";
          case "task_log" -> "task";
          default -> "name, seq";
        };
    return "SELECT json_array(%s) FROM %s ORDER BY 1".formatted(columns, table);
  }

  private static void hear(Companion application, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      assertThat(application.hear()).matches("\\d+");
    }
  }
}
