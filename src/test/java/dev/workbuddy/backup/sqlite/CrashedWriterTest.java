package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an application committed before it was killed is in the copy, and nothing else. */
@Timeout(60)
class CrashedWriterTest {
  private static final String DIES_IN_A_SPILLED_TRANSACTION =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute('PRAGMA cache_size = 5')
      db.execute('BEGIN')
      db.execute("UPDATE notes SET text = 'never committed'")
      print('spilled')
      sys.stdin.read()
      """;

  private static final String DIES_WITH_A_WAL =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute('PRAGMA wal_autocheckpoint = 0')
      for i in range(100): db.execute('INSERT INTO notes (text) VALUES (?)', ('committed',))
      db.execute('BEGIN')
      db.execute('PRAGMA cache_size = 5')
      db.execute("UPDATE notes SET text = 'never committed'")
      print('written')
      sys.stdin.read()
      """;

  @TempDir Path scratch;

  @Test
  void copyTo_hotJournalOfKilledWriter_holdsOnlyWhatWasCommitted() throws Exception {
    Path file = notes("delete");
    byte[] committed = Files.readAllBytes(file);
    killIn(DIES_IN_A_SPILLED_TRANSACTION, file, "spilled");
    Path journal = file.resolveSibling("live.db-journal");
    byte[] magic = Arrays.copyOf(Files.readAllBytes(journal), 8);
    assertThat(HexFormat.of().formatHex(magic)).as("hot").isEqualTo("d9d505f920a163d7");
    assertThat(Files.readAllBytes(file)).as("half-written").isNotEqualTo(committed);

    Path copy = scratch.resolve("copy.db");
    Copies.copy(file, copy);

    assertThat(Databases.ask(copy, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(Databases.ask(copy, "SELECT DISTINCT text FROM notes")).containsExactly("kept");
    assertThat(Databases.askOne(copy, "SELECT count(*) FROM notes")).isEqualTo("500");
    assertThat(Files.readAllBytes(file)).as("rolled back").isEqualTo(committed);
    assertThat(journal).doesNotExist();
  }

  @Test
  void copyTo_walOfKilledWriter_holdsItsCommittedRows() throws Exception {
    Path file = notes("wal");
    killIn(DIES_WITH_A_WAL, file, "written");
    assertThat(file.resolveSibling("live.db-wal")).isNotEmptyFile();

    assertHoldsTheCommittedRows(file);
  }

  @Test
  void copyTo_walOfKilledWriterWithoutSharedMemoryFile_holdsItsCommittedRows() throws Exception {
    Path file = notes("wal");
    killIn(DIES_WITH_A_WAL, file, "written");
    Files.delete(file.resolveSibling("live.db-shm"));

    assertHoldsTheCommittedRows(file);
  }

  @Test
  void copyTo_walOfKilledWriter_leavesTheDatabaseAndItsWalToTheApplication() throws Exception {
    Path file = notes("wal");
    killIn(DIES_WITH_A_WAL, file, "written");
    byte[] database = Files.readAllBytes(file);
    byte[] wal = Files.readAllBytes(file.resolveSibling("live.db-wal"));
    var before = Listing.of(file.resolveSibling("."));

    Copies.copy(file, scratch.resolve("copy.db"));

    assertThat(file).hasBinaryContent(database);
    assertThat(file.resolveSibling("live.db-wal")).hasBinaryContent(wal);
    assertThat(Listing.of(file.resolveSibling("."))).isEqualTo(before);
  }

  private void assertHoldsTheCommittedRows(Path file) throws Exception {
    Path copy = scratch.resolve("copy.db");
    Copies.copy(file, copy);
    assertThat(Databases.ask(copy, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(Databases.ask(copy, "SELECT DISTINCT text FROM notes ORDER BY 1"))
        .containsExactly("committed", "kept");
    assertThat(Databases.askOne(copy, "SELECT count(*) FROM notes")).isEqualTo("600");
  }

  private Path notes(String journalMode) throws Exception {
    Path file = scratch.resolve("live").resolve("live.db");
    return Databases.run(
        file,
        "PRAGMA journal_mode = " + journalMode,
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT, body BLOB)",
        """
        INSERT INTO notes
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        SELECT i, 'kept', zeroblob(900) FROM n
        """);
  }

  private static void killIn(String script, Path file, String when) throws Exception {
    try (Companion writer = Companion.python(script, file)) {
      writer.await(when);
      writer.kill();
    }
  }
}
