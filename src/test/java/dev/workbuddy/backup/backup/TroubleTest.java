package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be saved is saved, what cannot is told, and nothing is left lying about. */
@Timeout(120)
class TroubleTest {
  @TempDir Path scratch;

  @Test
  void run_oneDatabaseOfEachBadKind_isIncompleteAndSavesTheOthers() throws Exception {
    List<VitalDatabase> vital =
        List.of(
            database("good"),
            database("missing"),
            database("not-a-file"),
            database("empty"),
            database("not-a-database"),
            database("corrupt"),
            database("locked"),
            database("also-good"));
    Scene scene = new Scene(scratch, vital, Compression.GZIP).withDatabases();
    Files.delete(scene.file(1));
    Files.delete(scene.file(2));
    Files.createDirectory(scene.file(2));
    Files.write(scene.file(3), new byte[0]);
    Files.writeString(scene.file(4), "dear diary ".repeat(100));
    Databases.scribble(scene.file(5), 2 * 4096 + 8, 4);
    Databases.run(scene.file(6), "PRAGMA journal_mode = delete");
    BackupResult result;
    try (Companion other =
        Companion.python(
            """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1], isolation_level=None)
            db.execute('BEGIN EXCLUSIVE')
            print('held')
            sys.stdin.read()
            """,
            scene.file(6))) {
      other.await("held");
      result = scene.take();
    }

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.databases())
        .extracting(BackupResult.Saved::name)
        .containsExactlyInAnyOrder("good", "also-good");
    assertThat(result.missing())
        .hasSize(6)
        .allSatisfy(missing -> assertThat(missing.reason()).isEqualTo(missing.database()));
    assertThat(Scene.manifest(result).missing())
        .containsExactlyInAnyOrderElementsOf(result.missing());
    assertThat(Scene.manifest(result).databases()).containsOnlyKeys("good", "also-good");
    assertThat(scene.store().list())
        .singleElement()
        .extracting(StoredSnapshot::state)
        .isEqualTo(SnapshotState.INCOMPLETE);
    assertThat(scene.lastRecord().status()).isEqualTo("incomplete");
    assertThat(scene.lastRecord().missing()).hasSize(6);
    assertThat(scene.lastRecord().lastGoodSnapshotId()).isNull();
  }

  private static VitalDatabase database(String name) {
    return new VitalDatabase(name, name + ".db", null);
  }

  @Test
  void run_afterAGoodRunAllAreBad_failsPublishesNothingAndRemembersTheGoodOne() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    BackupResult good = scene.take();
    Instant goodAt = scene.clock.instant();
    for (int i = 0; i < 5; i++) {
      Files.delete(scene.file(i));
    }
    List<String> before = Listing.of(scene.backups());
    scene.clock.moveTo("2026-11-22T11:00:00Z");

    BackupException failure = catchThrowableOfType(BackupException.class, scene::take);

    assertThat(failure.code()).isEqualTo(ErrorCode.NO_DATABASE_SAVED);
    assertThat(failure.text()).contains("tasks", "projects", "messages", "threads", "entities");
    assertThat(Listing.of(scene.backups()))
        .containsAll(before)
        .filteredOn(name -> !before.contains(name))
        .containsExactly("alarms.json", good.snapshotId() + "/HOLD.json");
    RunRecord record = scene.lastRecord();
    assertThat(record.alarms()).hasSize(5).allMatch(alarm -> alarm.isOpen());
    assertThat(record.status()).isEqualTo("failed");
    assertThat(record.error())
        .extracting(RunError::code, RunError::hint)
        .containsExactly("no-database-saved", failure.hint());
    assertThat(record.snapshotId()).isNull();
    assertThat(record.lastGoodSnapshotId()).isEqualTo(good.snapshotId());
    assertThat(record.lastGoodAt()).isEqualTo(goodAt);
  }

  @Test
  void run_dataRootIsNotThere_saysSoAndDoesNotMakeIt() throws Exception {
    Scene scene = Scene.five(scratch);
    Files.delete(scene.settings.dataRoot());
    BackupException failure = catchThrowableOfType(BackupException.class, scene::take);
    assertThat(failure.code()).isEqualTo(ErrorCode.DATA_ROOT_UNUSABLE);
    assertThat(failure.text()).contains(scene.settings.dataRoot().toString());
    assertThat(scene.settings.dataRoot()).doesNotExist();
  }

  /** On a file system mounted for reading, which stops even the administrator. */
  @Test
  void run_dataRootCannotBeWritten_saysSo() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 8)) {
      Scene scene = Scene.five(disk.root()).withDatabases();
      disk.allowOnlyReading();
      BackupException failure = catchThrowableOfType(BackupException.class, scene::take);
      assertThat(failure.code()).isEqualTo(ErrorCode.DATA_ROOT_UNUSABLE);
    }
  }

  @Test
  void run_whileAnotherOneGoesOn_isRefusedAndLeavesItsRecordAlone() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    scene.take();
    List<String> before = Listing.of(scene.backups());
    byte[] record = Files.readAllBytes(scene.backups().resolve("last_run.json"));
    try (RunLock _ = RunLock.acquire(scene.backups().resolve("lock"), "be in the way")) {
      BackupException failure = catchThrowableOfType(BackupException.class, scene::take);
      assertThat(failure.code()).isEqualTo(ErrorCode.LOCK_HELD);
      assertThat(failure.text()).contains("be in the way");
    }
    assertThat(Listing.of(scene.backups())).isEqualTo(before);
    assertThat(scene.backups().resolve("last_run.json")).hasBinaryContent(record);
  }

  /** What cannot be removed: a mounted disk, which stops an administrator as well. */
  @Test
  void run_leftOversThatCannotBeRemoved_takesTheSnapshotAllTheSameAndWarns() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    scene.take();
    Path stuck = scene.settings.backupsDir().resolve("snap-2020-01-01T00-00-00Z.deleting/stuck");
    try (SmallDisk _ = SmallDisk.mount(stuck, 1)) {
      for (int run = 0; run < 2; run++) {
        BackupResult result = scene.take();
        assertThat(result.status()).isEqualTo(Status.DONE);
        assertThat(result.warnings()).anySatisfy(w -> assertThat(w).contains("stuck"));
      }
    }
    assertThat(scene.take().warnings()).isEmpty();
    assertThat(stuck).doesNotExist();
  }

  @Test
  void run_diskTooSmall_isRefusedBeforeItBegins() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 8)) {
      Scene scene = Scene.five(disk.root()).withDatabases();
      BackupException failure = catchThrowableOfType(BackupException.class, scene::take);
      assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
      assertThat(failure.text()).contains("are needed");
      assertNothingLeftOver(scene);
    }
  }

  @Test
  void run_databasesTooLargeForTheDisk_isRefusedBeforeItBegins() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 40)) {
      Scene scene = Scene.five(disk.root()).withDatabases();
      addMebibytes(scene.file(1), 14);
      BackupException failure = catchThrowableOfType(BackupException.class, scene::take);
      assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
      assertThat(failure.text()).contains("are needed");
      assertNothingLeftOver(scene);
    }
  }

  @Test
  void run_diskFillsUpWhileCopying_isDiskFullAndLeavesNothing() throws Exception {
    assertDiskFull("copying");
  }

  @Test
  void run_diskFillsUpWhilePacking_isDiskFullAndLeavesNothing() throws Exception {
    assertDiskFull("packing");
  }

  private void assertDiskFull(String step) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 40)) {
      Scene scene =
          new Scene(disk.root(), List.of(database("only")), Compression.GZIP).withDatabases();
      addMebibytes(scene.file(0), 4);
      byte[] live = Files.readAllBytes(scene.file(0));
      boolean[] filled = {false};
      Progress fillsTheDisk =
          new Progress() {
            @Override
            public void step(String what) {
              if (what.startsWith(step)) {
                disk.fill();
                filled[0] = true;
              }
            }

            @Override
            public void advance(long done, long total) {}
          };
      BackupException failure =
          catchThrowableOfType(BackupException.class, () -> scene.take(fillsTheDisk));
      assertThat(filled[0]).isTrue();
      assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
      assertNothingLeftOver(scene);
      assertThat(scene.lastRecord().error()).extracting(RunError::code).isEqualTo("disk-full");
      assertThat(scene.file(0)).hasBinaryContent(live);
      assertThat(Listing.of(scene.settings.dbDir())).containsExactly("only.db");
    }
  }

  private static void addMebibytes(Path file, int count) throws Exception {
    Databases.run(
        file,
        "CREATE TABLE ballast (content)",
        """
        INSERT INTO ballast
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        SELECT randomblob(1048576) FROM n
        """
            .formatted(count));
    Databases.ask(file, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  private static void assertNothingLeftOver(Scene scene) throws Exception {
    assertThat(Listing.of(scene.backups()))
        .isSubsetOf("identity.json", "last_run.json", "lock", "runs.jsonl", "runs.lock");
  }

  @Test
  void run_oneMissing_isInTheManifestAsMissingOnly() throws Exception {
    Scene scene = Scene.five(scratch).withDatabases();
    Files.delete(scene.file(2));
    Manifest manifest = Scene.manifest(scene.take());
    assertThat(manifest.manifestVersion()).isEqualTo(1);
    assertThat(manifest.snapshotTs()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(manifest.host()).isEqualTo("testhost");
    assertThat(manifest.schemaVersions()).doesNotContainKey("messages");
    assertThat(manifest.missing())
        .singleElement()
        .satisfies(missing -> assertThat(missing.file()).isEqualTo("messages.db"));
  }
}
