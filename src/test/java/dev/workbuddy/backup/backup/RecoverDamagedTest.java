package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.RecoveredRows;
import dev.workbuddy.backup.snapshot.RecoveredStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged database is reported, and what can be read of it is kept beside the snapshots. */
class RecoverDamagedTest {
  private static final VitalDatabase NOTES = new VitalDatabase("notes", "notes.db", null);
  private static final VitalDatabase OTHER = new VitalDatabase("other", "other.db", null);
  private static final long ROWS = 3000;

  @TempDir private Path scratch;
  private Scene scene;
  private RecoveredStore store;

  @BeforeEach
  void snapshotOfTwo() throws Exception {
    scene = new Scene(scratch, List.of(NOTES, OTHER), Compression.GZIP);
    Databases.run(
        scene.file(0),
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
        "CREATE TABLE pair (k TEXT PRIMARY KEY, v) WITHOUT ROWID",
        "CREATE TABLE sparse (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO pair VALUES ('a', 1), ('b', x'00ff'), ('c', NULL)",
        "INSERT INTO sparse VALUES (-9000000000, 'first'), (9000000000, 'last')",
        rows(1, ROWS / 2));
    Databases.run(scene.file(1), "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    assertThat(scene.take().status()).isEqualTo(Status.DONE);
    // What a restore of that snapshot would not bring back.
    Databases.run(scene.file(0), rows(ROWS / 2 + 1, ROWS));
    store = new RecoveredStore(scene.backups());
    scene.clock.moveTo("2026-11-22T11:00:00Z");
  }

  private static String rows(long from, long to) {
    return """
    WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)
    INSERT INTO note SELECT i, 'note number ' || i || ' with some text in it' FROM n
    """
        .formatted(from, to);
  }

  /** A leaf in the middle of the notes becomes garbage. */
  private void damage() throws Exception {
    byte[] content = Files.readAllBytes(scene.file(0));
    String marker = "note number 2500 with";
    int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(marker);
    int page = at / 4096 * 4096;
    Arrays.fill(content, page, page + 512, (byte) 0x5a);
    Files.write(scene.file(0), content);
  }

  @Test
  void now_damagedDatabase_keepsTheNewestRowsBesideTheLastGoodSnapshot() throws Exception {
    String good =
        new SnapshotFinder(new LocalStore(scene.backups())).find("latest").id().toString();
    damage();

    BackupResult result = scene.take();

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.missing())
        .singleElement()
        .satisfies(missing -> assertThat(missing.reason()).isEqualTo("corrupt"));
    RecoveredRows rows = store.read("notes").orElseThrow();
    assertThat(result.warnings()).anyMatch(warning -> warning.contains("`sqlite3 " + rows.file()));
    assertThat(rows.goodSnapshot()).isEqualTo(good);
    assertThat(rows.damage()).contains("table note", "malformed", "SQLITE_CORRUPT");
    Path file = Path.of(rows.file());
    assertThat(Databases.askOne(file, "SELECT count(*) FROM note WHERE id > 1500 AND id <> 2500"))
        .satisfies(count -> assertThat(Long.parseLong(count)).isGreaterThan(1300));
    assertThat(
            Databases.ask(
                file,
                "SELECT id FROM note WHERE text <> 'note number ' || id || ' with some text in"
                    + " it'"))
        .isEmpty();
    assertThat(Databases.ask(file, "SELECT k || quote(v) FROM pair ORDER BY k"))
        .containsExactly("a1", "bX'00FF'", "cNULL");
    assertThat(Databases.ask(file, "SELECT rowid FROM sparse ORDER BY 1"))
        .containsExactly("-9000000000", "9000000000");
    assertThat(Listing.of(store.of("notes")))
        .containsExactlyInAnyOrder(RecoveredStore.NOTE, RecoveredStore.FILE);
  }

  @Test
  void now_damageIsTheSame_isNotReadAgainAndANewOneReplacesIt() throws Exception {
    damage();
    scene.take();
    RecoveredRows first = store.read("notes").orElseThrow();
    scene.clock.moveTo("2026-11-22T12:00:00Z");
    scene.take();
    assertThat(store.read("notes")).contains(first);

    Databases.run(scene.file(0), "INSERT INTO sparse VALUES (1, 'newer')");
    scene.clock.moveTo("2026-11-22T13:00:00Z");
    scene.take();

    assertThat(store.read("notes").orElseThrow().rows()).containsEntry("sparse", 3L);
    assertThat(Listing.of(scene.backups().resolve(RecoveredStore.DIRECTORY)))
        .filteredOn(name -> !name.contains("/"))
        .containsExactly("notes");
  }

  @Test
  void now_onlyDatabaseIsDamaged_saysWhereItsRowsAreAndNothingOfPaths() throws Exception {
    damage();
    Files.delete(scene.file(1));
    Scene alone = new Scene(scratch, List.of(NOTES), Compression.GZIP);
    alone.clock.moveTo("2026-11-22T11:00:00Z");

    BackupException failed = catchThrowableOfType(BackupException.class, alone::take);

    assertThat(failed.code()).isEqualTo(ErrorCode.NO_DATABASE_SAVED);
    assertThat(failed.hint())
        .contains("rows could be read of the damaged file", "wb-backup restore latest")
        .doesNotContain("paths.data_root");
    assertThat(store.read("notes")).isPresent();
  }

  @Test
  void now_schemaIsDamaged_readsTheTablesThatTheRestOfItNames() throws Exception {
    Databases.run(
        scene.file(0),
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE pair (k' WHERE name = 'pair'");

    BackupResult result = scene.take();

    assertThat(result.missing())
        .singleElement()
        .satisfies(
            missing ->
                assertThat(missing.detail())
                    .contains("malformed database schema (pair)", "SQLITE_CORRUPT"));
    assertThat(store.read("notes").orElseThrow().rows()).containsEntry("note", ROWS);
  }

  @Test
  void list_recoveredRows_areNoSnapshot() throws Exception {
    damage();
    scene.take();
    LocalStore history = new LocalStore(scene.backups());
    assertThat(history.list()).hasSize(2);
    assertThat(store.list()).extracting(RecoveredRows::database).containsExactly("notes");
  }
}
