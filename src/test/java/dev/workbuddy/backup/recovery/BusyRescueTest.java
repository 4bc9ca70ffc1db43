package dev.workbuddy.backup.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Companion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story: an application writes without pause, a bug deletes, the rescue brings it back. */
class BusyRescueTest {
  /** Writes parents with children and changes old ones; says every commit, with what it wrote. */
  private static final String APPLICATION =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], timeout=5, isolation_level=None)
      db.execute('PRAGMA synchronous = OFF')
      db.execute('PRAGMA foreign_keys = ON')
      number = 0
      while True:
          number += 1
          db.execute('BEGIN IMMEDIATE')
          parent = db.execute("INSERT INTO parent (name) VALUES (?)", (f'new {number}',)).lastrowid
          db.execute("INSERT INTO child (parent, text) VALUES (?, ?)", (parent, f'new {number}'))
          db.execute("UPDATE kept SET n = ? WHERE id = 1 + ? % 50", (number, number))
          db.execute('COMMIT')
          print(number)
      """;

  @TempDir private Path root;

  private static final String FILL =
      " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT ";

  @Test
  void run_whileAnotherProcessWrites_losesNothingOfEither() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("PRAGMA journal_mode = WAL");
    site.sql(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
        "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER NOT NULL"
            + " REFERENCES parent ON DELETE CASCADE, text)",
        "CREATE TABLE kept (id INTEGER PRIMARY KEY, n)",
        "INSERT INTO parent" + FILL + "i, 'old ' || i FROM n",
        "INSERT INTO child" + FILL + "i, 1 + i * 7 % 5000, 'old ' || i FROM n",
        "INSERT INTO kept SELECT id, 0 FROM parent WHERE id <= 50");
    String snapshot = site.snapshot();
    try (Companion application = Companion.python(APPLICATION, site.tasks())) {
      hear(application, 20);
      site.sql(
          "PRAGMA busy_timeout = 5000",
          "PRAGMA foreign_keys = ON",
          "DELETE FROM parent WHERE id <= 4000");
      hear(application, 20);
      RescueRequest request =
          new RescueRequest(snapshot, Set.of("tasks"), Set.of(), null, false, false, false);

      RescueResult result = site.rescue().run(request, Progress.silent());

      assertThat(result.status()).isEqualTo(Status.DONE);
      hear(application, 20);
      long written = lastWordOf(application);
      assertThat(site.ask("SELECT count(*) FROM parent WHERE name GLOB 'old *' AND id <= 5000"))
          .containsExactly("5000");
      assertThat(site.ask("SELECT count(*) FROM child WHERE text GLOB 'old *' AND parent <= 5000"))
          .containsExactly("5000");
      for (String table : List.of("parent WHERE name", "child WHERE text")) {
        long news =
            Long.parseLong(site.ask("SELECT count(*) FROM " + table + " GLOB 'new *'").getFirst());
        assertThat(news).as("at most one more than was told").isBetween(written, written + 1);
      }
      long last = Long.parseLong(site.ask("SELECT max(n) FROM kept").getFirst());
      assertThat(last).isBetween(written, written + 1);
      assertThat(site.ask("PRAGMA foreign_key_check")).isEmpty();
      assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  /** Kills it, and returns the last commit that it told of. */
  private static long lastWordOf(Companion application) throws Exception {
    ProcessHandle.of(application.pid()).orElseThrow().destroyForcibly();
    List<String> rest = application.hearAll().lines().filter(l -> l.matches("\\d+")).toList();
    return Long.parseLong(rest.getLast());
  }

  /** Listens until so many more commits are told; the application waits while nobody listens. */
  private static long hear(Companion application, int commits) throws Exception {
    long number = 0;
    for (int i = 0; i < commits; i++) {
      number = Long.parseLong(application.hear());
    }
    return number;
  }
}
