package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.workbuddy.backup.config.Hook;
import dev.workbuddy.backup.config.HookSettings;
import dev.workbuddy.backup.config.PingAddress;
import dev.workbuddy.backup.config.SignalSettings;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.HookReport;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.Watcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks, pings and metrics of a run, with real programs and a real web server. */
@Timeout(120)
class RunNotificationsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TELL =
      "echo \"$WB_BACKUP_HOOK $WB_BACKUP_OPERATION $WB_BACKUP_STATUS $WB_BACKUP_EXIT_CODE"
          + " $WB_BACKUP_SNAPSHOT_ID $(basename \"$WB_BACKUP_TARBALL\") $WB_BACKUP_ERROR_CODE\""
          + " | tee -a told";

  @TempDir Path scratch;
  private Scene scene;

  @BeforeEach
  void programs() throws Exception {
    Tools.require("sh", "tee", "sleep");
    scene = Scene.five(scratch).withDatabases();
  }

  private static List<List<String>> shell(String... scripts) {
    return List.of(scripts).stream().map(script -> List.of("sh", "-c", script)).toList();
  }

  private static SignalSettings hooks(Map<Hook, List<List<String>>> commands) {
    return new SignalSettings(new HookSettings(commands, LIMIT), null, null);
  }

  private List<String> told() throws Exception {
    Path file = scene.settings.configDir().resolve("told");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(line -> line.replaceAll(" +", " ").strip()).toList()
        : List.of();
  }

  @Test
  void run_hooksOnBothSides_knowWhatTheyAreAbout() throws Exception {
    Map<Hook, List<List<String>>> commands =
        Map.of(
            Hook.BEFORE_SNAPSHOT, shell(TELL),
            Hook.AFTER_SNAPSHOT, shell(TELL + "; test -s \"$WB_BACKUP_TARBALL\""),
            Hook.ON_FAILURE, shell(TELL));
    scene = scene.with(hooks(commands));
    BackupResult result = scene.take();
    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(told())
        .containsExactly(
            "before_snapshot snapshot running",
            "after_snapshot snapshot done 0 %s %s"
                .formatted(result.snapshotId(), result.tarball()));
    RunRecord record = scene.lastRecord();
    assertThat(record.hooks())
        .extracting(HookReport::hook, HookReport::status, HookReport::command)
        .containsExactly(
            tuple("before_snapshot", "done", "sh"), tuple("after_snapshot", "done", "sh"));
    assertThat(record.hooks().getLast().output()).contains(result.snapshotId());
    assertThat(record.phases())
        .extracting(phase -> phase.name())
        .containsExactly(
            "prepare",
            "before_snapshot",
            "freeze",
            "copy",
            "guard",
            "finish",
            "publish",
            "sweep",
            "after_snapshot");
  }

  @Test
  void run_beforeFails_takesNoneAndTellsTheOthers() throws Exception {
    scene =
        scene.with(
            hooks(
                Map.of(
                    Hook.BEFORE_SNAPSHOT, shell("echo cannot pause; exit 3", TELL),
                    Hook.AFTER_SNAPSHOT, shell(TELL),
                    Hook.ON_FAILURE, shell("exit 1", TELL))));
    BackupException failure = catchThrowableOfType(BackupException.class, scene::take);
    assertThat(failure.code()).isEqualTo(ErrorCode.HOOK_FAILED);
    assertThat(failure.text()).contains("before_snapshot", "exit code 3", "cannot pause");
    assertThat(scene.store().list()).isEmpty();
    assertThat(told())
        .containsExactly(
            "after_snapshot snapshot failed 1 hook-failed",
            "on_failure snapshot failed 1 hook-failed");
    assertThat(scene.lastRecord().error()).extracting(RunError::code).isEqualTo("hook-failed");
    assertThat(scene.lastRecord().hooks()).hasSize(4);
  }

  @Test
  void run_afterFails_keepsTheSnapshotAndIsIncomplete() throws Exception {
    scene =
        scene.with(
            hooks(
                Map.of(
                    Hook.AFTER_SNAPSHOT, shell("echo no resume >&2; exit 9"),
                    Hook.ON_FAILURE, shell(TELL))));
    BackupResult result = scene.take();
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.warnings()).anySatisfy(w -> assertThat(w).contains("no resume", "9"));
    assertThat(scene.store().list()).hasSize(1);
    assertThat(told()).singleElement().asString().startsWith("on_failure snapshot incomplete 5");
    RunRecord record = scene.lastRecord();
    assertThat(record.status()).isEqualTo("incomplete");
    assertThat(record.lastGoodSnapshotId()).isEqualTo(result.snapshotId());
  }

  @Test
  void run_noDatabaseThere_tellsTheHookForFailures() throws Exception {
    scene = scene.with(hooks(Map.of(Hook.ON_FAILURE, shell(TELL))));
    for (int i = 0; i < 5; i++) {
      Files.delete(scene.file(i));
    }
    assertThatThrownBy(scene::take).isInstanceOf(BackupException.class);
    assertThat(told()).containsExactly("on_failure snapshot failed 1 no-database-saved");
  }

  @Test
  void run_commandIsNotThere_isAFailureOfTheHook() throws Exception {
    scene = scene.with(hooks(Map.of(Hook.AFTER_SNAPSHOT, List.of(List.of("no-such-program-")))));
    assertThat(scene.take().warnings())
        .anySatisfy(w -> assertThat(w).contains("could not be started"));
  }

  @Test
  void run_commandHangsWithAChild_isEndedAtItsLimit() throws Exception {
    Map<Hook, List<List<String>>> commands =
        Map.of(Hook.AFTER_SNAPSHOT, shell("sleep 600 & echo $! > child; wait"));
    scene =
        scene.with(
            new SignalSettings(new HookSettings(commands, Duration.ofSeconds(1)), null, null));
    BackupResult result = scene.take();
    assertThat(result.warnings()).anySatisfy(w -> assertThat(w).contains("time_limit_seconds"));
    long child =
        Long.parseLong(Files.readString(scene.settings.configDir().resolve("child")).strip());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void run_commandPrintsWithoutEnd_keepsTheEndOnly() throws Exception {
    scene =
        scene.with(
            hooks(
                Map.of(
                    Hook.AFTER_SNAPSHOT,
                    shell("head -c 500000 /dev/zero | tr '\\0' x; echo END"))));
    scene.take();
    assertThat(scene.lastRecord().hooks().getFirst().output()).endsWith("END").hasSize(4001);
  }

  @Test
  void run_anotherOneGoesOn_tellsNobody() throws Exception {
    try (Watcher watcher = Watcher.answering(200)) {
      scene = scene.with(all(watcher, Map.of(Hook.ON_FAILURE, shell(TELL))));
      Files.createDirectories(scene.backups());
      try (RunLock _ = RunLock.acquire(scene.settings.lockFile(), "be in the way")) {
        assertThatThrownBy(scene::take).isInstanceOf(BackupException.class);
      }
      assertThat(watcher.heard()).isEmpty();
      assertThat(told()).isEmpty();
    }
  }

  private SignalSettings all(Watcher watcher, Map<Hook, List<List<String>>> commands) {
    return new SignalSettings(
        new HookSettings(commands, LIMIT),
        new PingAddress(watcher.at("/s3cret")),
        scratch.resolve("metrics/wb.prom"));
  }

  @Test
  void run_watched_isToldOfStartAndSuccess() throws Exception {
    try (Watcher watcher = Watcher.answering(200)) {
      Files.createDirectory(scratch.resolve("metrics"));
      scene = scene.with(all(watcher, Map.of()));
      BackupResult result = scene.take();
      assertThat(result.warnings()).isEmpty();
      assertThat(watcher.heard())
          .containsExactly("POST /s3cret/start ", "POST /s3cret done " + result.snapshotId());
      assertThat(scratch.resolve("metrics/wb.prom"))
          .content()
          .contains("wb_backup_last_run_status{status=\"done\"} 1\n");
    }
  }

  @Test
  void run_watchedAndDataRootIsGone_isToldOfTheFailure() throws Exception {
    try (Watcher watcher = Watcher.answering(200)) {
      scene = scene.with(all(watcher, Map.of()));
      Files.move(scene.settings.dataRoot(), scratch.resolve("unmounted"));
      assertThatThrownBy(scene::take).isInstanceOf(BackupException.class);
      assertThat(watcher.heard()).containsExactly("POST /s3cret/fail failed data-root-unusable");
    }
  }

  @Test
  void run_watchedAndIncomplete_isToldAsFailure() throws Exception {
    try (Watcher watcher = Watcher.answering(200)) {
      scene = scene.with(all(watcher, Map.of()));
      Files.delete(scene.file(2));
      BackupResult result = scene.take();
      assertThat(watcher.heard().getLast())
          .isEqualTo("POST /s3cret/fail incomplete " + result.snapshotId());
    }
  }

  @Test
  void run_watcherAndMetricsFail_areWarningsWithoutTheSecretAndNothingElse() throws Exception {
    try (Watcher watcher = Watcher.answering(500)) {
      scene = scene.with(all(watcher, Map.of())); // Its directory for metrics is not there.
      BackupResult result = scene.take();
      assertThat(result.status()).isEqualTo(Status.DONE);
      assertThat(result.warnings())
          .hasSize(2)
          .anySatisfy(w -> assertThat(w).contains("ping_url", "500"))
          .anySatisfy(w -> assertThat(w).contains("metrics_file"))
          .allSatisfy(w -> assertThat(w).doesNotContain("s3cret"));
      assertThat(Files.readString(scene.backups().resolve("last_run.json")))
          .contains("\"done\"")
          .doesNotContain("s3cret");
    }
  }
}
