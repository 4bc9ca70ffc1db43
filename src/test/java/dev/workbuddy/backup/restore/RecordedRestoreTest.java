package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RestoreRecord;
import dev.workbuddy.backup.runs.RestoreRecord.End;
import dev.workbuddy.backup.runs.RestoreRecord.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How restores over the live databases ended is on record. */
class RecordedRestoreTest {
  @TempDir Path root;
  private Site site;
  private BackupResult snapshot;

  @BeforeEach
  void changedSinceTheSnapshot() throws Exception {
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item WHERE id > 9");
  }

  private JsonNode lastRun() throws IOException {
    return Json.parse(Files.readAllBytes(site.backups().resolve(LastRun.FILE_NAME)));
  }

  private RestoreRecord last() throws IOException {
    RestoreRecord last = site.recorded().getLast();
    assertThat(Json.line(lastRun().get("last_restore"))).isEqualTo(Json.line(last));
    return last;
  }

  @Test
  void restore_done_isRecordedBesideTheRunBeforeIt() throws Exception {
    JsonNode run = lastRun();

    RestoreResult result = site.restore(snapshot.snapshotId());

    RestoreRecord record = last();
    assertThat(record.operation()).isEqualTo(Operation.RESTORE);
    assertThat(record.status()).isEqualTo(End.DONE);
    assertThat(record.cutShort()).isFalse();
    assertThat(record.error()).isNull();
    assertThat(record.snapshotId()).isEqualTo(snapshot.snapshotId());
    assertThat(record.databases()).containsExactlyInAnyOrder("tasks", "projects", "notes");
    assertThat(record.kept()).isEqualTo(result.kept());
    assertThat(record.durationMillis()).isPositive();
    assertThat(lastRun().get("snapshot_id")).isEqualTo(run.get("snapshot_id"));
    assertThat(lastRun().get("last_good_at")).isEqualTo(run.get("last_good_at"));
    assertThat(run.get("last_restore").isNull()).isTrue();
  }

  @Test
  void rollback_done_namesTheDataThatReturned() throws Exception {
    String before = Objects.requireNonNull(site.restore(snapshot.snapshotId()).kept());

    RollbackResult result = site.rollBack();

    RestoreRecord record = last();
    assertThat(site.recorded()).hasSize(2);
    assertThat(record.operation()).isEqualTo(Operation.ROLLBACK);
    assertThat(record.status()).isEqualTo(End.DONE);
    assertThat(record.snapshotId()).isNull();
    assertThat(record.broughtBack()).isEqualTo(Path.of(before).getFileName().toString());
    assertThat(record.kept()).isEqualTo(result.kept());
  }

  @Test
  void nextSnapshot_keepsTheLastRestoreInTheDocument() throws Exception {
    site.restore(snapshot.snapshotId());
    BackupResult next = site.snapshot();
    last();
    assertThat(lastRun().get("snapshot_id").stringValue()).isEqualTo(next.snapshotId());
  }

  @Test
  void restore_refused_isRecordedWithItsError() throws Exception {
    SnapshotEditor editor = new SnapshotEditor(site.directoryOf(snapshot));
    Damage.CUT_SHORT.deed.to(editor);
    Throwable refusal = catchThrowable(() -> site.restore(snapshot.snapshotId()));
    assertThat(refusal).isNotNull();
    RestoreRecord record = last();
    assertThat(record.status()).isEqualTo(End.FAILED);
    assertThat(record.databases()).isEmpty();
    assertThat(record.kept()).isNull();
    assertThat(record.error())
        .isNotNull()
        .satisfies(error -> assertThat(error.code()).isEqualTo(Damage.CUT_SHORT.code.word()))
        .satisfies(error -> assertThat(error.message()).isEqualTo(refusal.getMessage()));
  }

  @Test
  void restore_whileAnotherRunGoesOn_isOnNoRecord() throws Exception {
    try (RunLock _ = RunLock.acquire(site.settings().lockFile(), "test")) {
      assertThat(Refusals.of(() -> site.restore(snapshot.snapshotId())).code())
          .isEqualTo(ErrorCode.LOCK_HELD);
    }
    assertThat(site.recorded()).isEmpty();
  }

  @Test
  void restore_thatIsOnlyPlannedOrGoesElsewhere_isOnNoRecord() throws Exception {
    site.restorer().plan(Site.request("latest"));
    site.restorer().run(Site.to("latest", root.resolve("elsewhere")), Progress.silent());
    assertThat(site.recorded()).isEmpty();
    assertThat(lastRun().get("last_restore").isNull()).isTrue();
  }

  /** The user must not think that nothing was changed. */
  @Test
  void restore_breaksOffAfterItsSwap_isDoneWithAWarningAndRecordedSo() throws Exception {
    RestoreResult result =
        site.restorer().run(Site.request("latest"), new Throwing("ending the swap"));
    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning).startsWith("the new data is in place").contains("broken off"))
        .anySatisfy(warning -> assertThat(warning).contains("finished the restore of"));
    RestoreRecord record = last();
    assertThat(record.status()).isEqualTo(End.DONE);
    assertThat(record.cutShort()).isFalse();
    assertThat(record.kept()).isEqualTo(result.kept());
    assertThat(site.recorded()).hasSize(1);
    assertThat(site.leftovers()).isEmpty();
  }

  /** Breaks off at a step, as an error of the disk would. */
  private record Throwing(String step) implements Progress {
    @Override
    public void step(String what) {
      if (what.equals(step)) {
        throw new IllegalStateException("broken off");
      }
    }

    @Override
    public void advance(long done, long total) {}
  }

  @Test
  void restore_breaksOffWithinItsSwap_isRecordedAsFailedWithTheError() throws Exception {
    assertThatThrownBy(() -> site.restorer().run(Site.request("latest"), new Throwing("swapping")))
        .hasMessage("broken off");
    RestoreRecord record = last();
    assertThat(site.recorded()).hasSize(1);
    assertThat(record.status()).isEqualTo(End.FAILED);
    assertThat(record.cutShort()).isFalse();
    assertThat(record.error())
        .isNotNull()
        .satisfies(error -> assertThat(error.message()).isEqualTo("broken off"));
  }

  @Test
  void recover_unpackedDirectoryThatDoesNotSayWhatItIs_isRemovedAndNothingIsGuessed()
      throws Exception {
    Files.createDirectory(root.resolve("data/db.staging_2026-05-11T14-00-00-000Z"));
    assertThat(site.recover()).isPresent();
    assertThat(site.recorded()).isEmpty();
    assertThat(site.leftovers()).isEmpty();
  }

  @Test
  void restore_onAMachineWithoutARun_isToldWhereThereIsNone() throws Exception {
    for (String name : Set.of("last_run.json", "runs.jsonl")) {
      Files.delete(site.backups().resolve(name));
    }
    site.restore(snapshot.snapshotId());
    assertThat(last().status()).isEqualTo(End.DONE);
    assertThat(lastRun().get("state").stringValue()).isEqualTo("none");
    assertThat(LastRun.read(site.backups(), "test-host", Instant.EPOCH))
        .isEqualTo(new LastRun.None());
    site.snapshot();
    last();
    assertThat(lastRun().get("state").stringValue()).isEqualTo("done");
  }

  @Test
  void restore_somethingElseInTheRecordsPlace_isSetAside() throws Exception {
    DurableFiles.createDirectories(site.backups().resolve("restores.jsonl"));
    assertThat(site.restore(snapshot.snapshotId()).status()).isEqualTo(Status.DONE);
    assertThat(last().status()).isEqualTo(End.DONE);
    assertThat(site.backups().resolve("restores.jsonl.unreadable")).isDirectory();
  }

  @Test
  void restore_recordThatCannotBeWritten_isAWarningAndTheNextCommandRecordsIt() throws Exception {
    Path inTheWay = Files.createDirectories(site.backups().resolve("runs.lock.d"));
    Files.deleteIfExists(site.backups().resolve("runs.lock"));
    Files.move(inTheWay, site.backups().resolve("runs.lock"));

    RestoreResult result = site.restore(snapshot.snapshotId());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.warnings())
        .anyMatch(warning -> warning.startsWith("how the restore ended could not be recorded"));
    assertThat(site.content()).containsKeys("tasks", "projects", "notes");
    assertThat(site.recorded()).isEmpty();
    Files.delete(site.backups().resolve("runs.lock"));
    site.recover();
    assertThat(last().status()).isEqualTo(End.DONE);
    assertThat(site.leftovers()).isEmpty();
  }
}
