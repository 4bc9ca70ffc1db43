package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.config.Hook;
import dev.workbuddy.backup.config.HookSettings;
import dev.workbuddy.backup.config.SignalSettings;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The user's commands around a restore, with a real application that they stop. */
@Timeout(120)
class HookedRestoreTest {
  private static final String TELL =
      "echo $WB_BACKUP_HOOK $WB_BACKUP_OPERATION $WB_BACKUP_STATUS $WB_BACKUP_ERROR_CODE >> told";

  @TempDir Path root;
  private Site site;
  private BackupResult snapshot;

  @BeforeEach
  void changedSinceTheSnapshot() throws Exception {
    Tools.require("sh", "kill", "python3");
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item WHERE id > 9");
  }

  private Site hooked(String before, String after) {
    Map<Hook, List<List<String>>> commands =
        Map.of(
            Hook.BEFORE_RESTORE, List.of(List.of("sh", "-c", before)),
            Hook.AFTER_RESTORE, List.of(List.of("sh", "-c", after)),
            Hook.ON_FAILURE, List.of(List.of("sh", "-c", TELL)));
    HookSettings hooks = new HookSettings(commands, Duration.ofSeconds(30));
    return new Site(
        site.settings().withSignals(new SignalSettings(hooks, null, null)), site.clock());
  }

  private List<String> told() throws Exception {
    Path file = site.settings().configDir().resolve("told");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void run_applicationIsStoppedByTheHook_isRestored() throws Exception {
    Map<String, List<String>> old = site.content();
    try (Companion application =
        Companion.python(
            """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            db.execute('SELECT count(*) FROM item').fetchall()
            print('open')
            sys.stdin.read()
            """,
            site.file(TASKS))) {
      application.await("open");
      RestoreResult result =
          hooked("kill -9 " + application.pid() + "; " + TELL, TELL).restore(snapshot.snapshotId());
      assertThat(result.status()).isEqualTo(Status.DONE);
    }
    assertThat(site.content()).isNotEqualTo(old);
    assertThat(told())
        .containsExactly("before_restore restore running", "after_restore restore done");
  }

  @Test
  void run_applicationGoesOnAllTheSame_isRefusedAndStartedAgain() throws Exception {
    Map<String, List<String>> old = site.content();
    try (OtherProcess _ = OtherProcess.usingDatabase(site.file(TASKS))) {
      BackupException refusal =
          Refusals.of(() -> hooked(TELL, TELL).restore(snapshot.snapshotId()));
      assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
    }
    assertThat(site.content()).isEqualTo(old);
    assertThat(site.leftovers()).isEmpty();
    assertThat(told())
        .containsExactly(
            "before_restore restore running",
            "after_restore restore busy database-in-use",
            "on_failure restore busy database-in-use");
  }

  @Test
  void run_beforeFails_changesNothing() throws Exception {
    Map<String, List<String>> old = site.content();
    BackupException refusal =
        Refusals.of(() -> hooked("echo no; exit 4", TELL).restore(snapshot.snapshotId()));
    assertThat(refusal.code()).isEqualTo(ErrorCode.HOOK_FAILED);
    assertThat(refusal.text()).contains("before_restore", "exit code 4");
    assertThat(site.content()).isEqualTo(old);
    assertThat(site.leftovers()).isEmpty();
    assertThat(site.kept()).isEmpty();
    assertThat(told()).hasSize(2);
  }

  @Test
  void run_snapshotIsDamaged_doesNotStopTheApplication() throws Exception {
    Path tarball = site.directoryOf(snapshot).resolve(snapshot.tarball());
    byte[] bytes = Files.readAllBytes(tarball);
    bytes[bytes.length / 2] ^= 1;
    Files.write(tarball, bytes);
    BackupException refusal = Refusals.of(() -> hooked(TELL, TELL).restore(snapshot.snapshotId()));
    assertThat(refusal.code().status()).isEqualTo(Status.DAMAGED);
    assertThat(told()).singleElement().asString().startsWith("on_failure restore damaged");
  }

  @Test
  void run_afterFails_isRestoredAndIncomplete() throws Exception {
    RestoreResult result =
        hooked("true", "echo not started; exit 1").restore(snapshot.snapshotId());
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.warnings()).anySatisfy(w -> assertThat(w).contains("not started"));
    assertThat(site.kept()).hasSize(1);
    assertThat(told()).containsExactly("on_failure restore incomplete");
  }

  @Test
  void rollBack_hooked_runsThem() throws Exception {
    site.restore(snapshot.snapshotId());
    assertThat(hooked(TELL, TELL).rollBack().status()).isEqualTo(Status.DONE);
    assertThat(told())
        .containsExactly("before_restore rollback running", "after_restore rollback done");
  }

  @Test
  void plan_hooked_runsNone() throws Exception {
    RestoreRequest request = Site.request(snapshot.snapshotId());
    assertThat(hooked(TELL, TELL).restorer().plan(request).dryRun()).isTrue();
    assertThat(told()).isEmpty();
  }
}
