package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.drill.DrillRequest;
import dev.workbuddy.backup.drill.DrillResult;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rehearsing restores: what is asked of them besides finding damage. */
class DrillTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path root;
  private DrillSite site;

  @BeforeEach
  void databases() throws Exception {
    site = DrillSite.in(root).withDatabases();
  }

  private static RunError error(DrillResult result) {
    return Objects.requireNonNull(result.drills().getFirst().error());
  }

  private DrillSite migratedBy(LadderFiles ladder) {
    return site.with(ladder.of(TASKS), PROJECTS, NOTES);
  }

  private LadderFiles ladder(int top) throws Exception {
    LadderFiles ladder = LadderFiles.in(root);
    for (int version = 1; version <= top; version++) {
      ladder.step(version, "CREATE TABLE step_%d (id INTEGER);".formatted(version));
    }
    return ladder;
  }

  @Test
  void drill_olderSchema_isMigratedInTheScratchAlone() throws Exception {
    site.snapshot();
    DrillSite migrated =
        migratedBy(ladder(8))
            .withSmoke(LONG, "sqlite3", "{db_dir}/" + TASKS.path(), "SELECT 1 FROM step_8");
    Tools.require("sqlite3");
    Map<String, String> before = site.untouchable();

    assertThat(migrated.drill().status()).isEqualTo(Status.DONE);

    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void drill_newerSchemaThanTheMigrations_isRefused() throws Exception {
    site.snapshot();

    DrillResult result = migratedBy(ladder(6)).drill();

    assertThat(result.status()).isEqualTo(Status.REFUSED);
    assertThat(error(result).code()).isEqualTo(ErrorCode.SCHEMA_TOO_NEW.word());
  }

  @Test
  void drill_migrationFails_isNotProven() throws Exception {
    site.snapshot();

    DrillResult result = migratedBy(ladder(7).step(8, "DROP TABLE nothing;")).drill();

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(error(result).message()).contains("nothing");
  }

  @Test
  void drill_smokeCommand_findsTheDatabasesByArgumentAndByVariable() throws Exception {
    site.snapshot();

    DrillResult result =
        site.withSmoke(
                LONG,
                "sh",
                "-c",
                "test -s \"$1/projects.db\" && test \"$1\" = \"$WB_BACKUP_DRILL_DIR\"",
                "sh",
                "{db_dir}")
            .drill();

    assertThat(result.drills().getFirst().error()).isNull();
    assertThat(result.drills().getFirst().smokeMillis()).isPositive();
  }

  @Test
  void drill_smokeCommandFails_isRefusedWithWhatItSaid() throws Exception {
    site.snapshot();

    DrillResult result =
        site.withSmoke(LONG, "sh", "-c", "yes no | head -c 300000; echo no tasks >&2; exit 7")
            .drill();

    assertThat(result.status()).isEqualTo(Status.REFUSED);
    assertThat(error(result).code()).isEqualTo(ErrorCode.SMOKE_FAILED.word());
    assertThat(error(result).message()).contains("ended with 7").endsWith("no tasks");
    assertThat(error(result).message().length()).isLessThan(1500);
    assertThat(site.records().getFirst().isProven()).isFalse();
  }

  @Test
  void drill_smokeCommandHangs_isEndedAndRefused() throws Exception {
    site.snapshot();

    DrillResult result = site.withSmoke(Duration.ofSeconds(1), "sleep", "600").drill();

    assertThat(error(result).message()).contains("did not end within 1 seconds");
    assertThat(site.site().backups().resolve("drill.partial")).doesNotExist();
  }

  @Test
  void drill_smokeCommandIsNotThere_isRefused() throws Exception {
    site.snapshot();

    DrillResult result = site.withSmoke(LONG, root.resolve("nothing").toString()).drill();

    assertThat(error(result).message()).contains("could not be started");
  }

  @Test
  void drill_killedEarlier_sweepsWhatItLeft() throws Exception {
    site.snapshot();
    Path scratch = site.site().backups().resolve("drill.partial");
    Path left = Files.createDirectories(scratch.resolve("restored/.wb-backup-unpacked"));
    Files.writeString(left.resolve("projects.db"), "half");

    assertThat(site.drill().status()).isEqualTo(Status.DONE);

    assertThat(scratch).doesNotExist();
  }

  @Test
  void drill_historyCutAndBroken_goesOnWithWhatIsWhole() throws Exception {
    site.snapshot();
    site.drill();
    Path history = site.site().backups().resolve("drills.jsonl");
    Files.writeString(history, "{\"at\":\"2026-", StandardOpenOption.APPEND);
    assertThat(site.records()).hasSize(1);

    site.drill();

    assertThat(site.records()).hasSize(2);
    assertThat(Files.readAllLines(history)).hasSize(2);
  }

  @Test
  void drill_oneOfTwoRemotesCannotBeAsked_isIncompleteAndTheOtherIsProven() throws Exception {
    site.snapshot();
    RemoteSettings both =
        new RemoteSettings(
            "laptop", null, "nowhere:x", new RemoteSettings.Directory(site.disk(), null));

    DrillResult result = site.with(both).drill();

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.drills())
        .extracting(DrillRecord::place, DrillRecord::isProven)
        .containsExactly(tuple("rclone:nowhere:x", false), tuple("directory:" + site.disk(), true));
  }

  @Test
  void drill_noRemote_wantsToBeToldThatTheLocalHistoryWillDo() throws Exception {
    String id = site.snapshot();
    DrillSite alone = site.with(RemoteSettings.NONE);

    BackupException refusal = Refusals.of(() -> alone.drill());
    assertThat(refusal.code()).isEqualTo(ErrorCode.REMOTE_UNCONFIGURED);
    assertThat(refusal.hint()).contains("--local");
    assertThat(site.records()).isEmpty();

    DrillRecord drill = alone.drill(DrillSite.LOCAL).drills().getFirst();
    assertThat(drill.isProven()).isTrue();
    assertThat(drill.place()).isEqualTo(DrillRecord.LOCAL);
    assertThat(drill.snapshotId()).isEqualTo(id);
  }

  @Test
  void drill_localSnapshotDamaged_isFoundAndLeftAsItIs() throws Exception {
    String id = site.snapshot();
    SnapshotEditor editor = new SnapshotEditor(site.site().backups().resolve(id));
    editor.cutShort();
    Map<String, String> before = site.untouchable();

    DrillResult result = site.with(RemoteSettings.NONE).drill(DrillSite.LOCAL);

    assertThat(result.status()).isEqualTo(Status.DAMAGED);
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void drill_namedSnapshot_isTheOneThatIsRehearsed() throws Exception {
    String older = site.snapshot();
    site.snapshot();

    DrillRequest request =
        new DrillRequest("directory:" + site.disk(), older, DrillRequest.History.LEFT_OUT);

    assertThat(site.drill(request).drills().getFirst().snapshotId()).isEqualTo(older);
  }

  @Test
  void drill_namedSnapshotIsNotThere_isTheAskersFaultAndNotWrittenDown() throws Exception {
    site.snapshot();
    DrillRequest request =
        new DrillRequest(null, "snap-1999-01-01T00-00-00Z", DrillRequest.History.LEFT_OUT);

    BackupException refusal = Refusals.of(() -> site.drill(request));

    assertThat(refusal.code()).isEqualTo(ErrorCode.SNAPSHOT_NOT_FOUND);
    assertThat(site.records()).isEmpty();
  }

  @Test
  void drill_anotherIsGoingOn_isBusy() throws Exception {
    site.snapshot();
    try (RunLock _ = RunLock.acquire(site.site().backups().resolve("drill.lock"), "test")) {
      assertThat(Refusals.of(() -> site.drill()).code()).isEqualTo(ErrorCode.LOCK_HELD);
    }
  }

  @Test
  void drill_whileSnapshotsAndPushesGoOn_needsNeitherOfTheirLocks() throws Exception {
    site.snapshot();
    try (RunLock _ = RunLock.acquire(site.settings().lockFile(), "take a snapshot");
        RunLock _ = RunLock.acquire(site.site().backups().resolve("push-01234567.lock"), "push")) {
      assertThat(site.drill().status()).isEqualTo(Status.DONE);
    }
  }
}
