package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which snapshot a restore takes, what of it, and where to. */
class RestoreRequestTest {
  @TempDir Path root;
  private Site site;

  @BeforeEach
  void liveDatabases() throws IOException {
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
  }

  @Test
  void plan_anySnapshot_saysWhatWouldBeDoneAndChangesNothing() throws Exception {
    BackupResult snapshot = site.snapshot();
    Files.writeString(site.db().resolve("settings.json"), "{}");
    Files.delete(site.file(PROJECTS));
    Map<String, String> before = Tree.of(root);

    RestoreResult result = site.restorer().plan(Site.request(snapshot.snapshotId()));

    assertThat(Tree.of(root)).isEqualTo(before);
    assertThat(result.dryRun()).isTrue();
    assertThat(result.kept()).isNull();
    RestorePlan plan = result.plan();
    assertThat(plan.takenAt())
        .isEqualTo(snapshot.snapshotId().replaceFirst("snap-(.*T)(..)-(..)-(..Z)", "$1$2:$3:$4"));
    assertThat(plan.live()).isTrue();
    assertThat(plan.carriedOver()).contains("settings.json");
    assertThat(plan.databases())
        .extracting(RestorePlan.Planned::file, RestorePlan.Planned::replaces)
        .containsExactlyInAnyOrder(
            tuple(TASKS.path(), true), tuple(PROJECTS.path(), false), tuple(NOTES.path(), true));
    assertThat(plan.databases())
        .allSatisfy(
            planned -> {
              assertThat(planned.rows()).isEqualTo(61);
              assertThat(planned.schemaVersion()).isEqualTo(7);
            });
  }

  @Test
  void plan_whileAnotherRunHoldsTheLock_answers() throws Exception {
    BackupResult snapshot = site.snapshot();
    try (RunLock _ = RunLock.acquire(site.backups().resolve("lock"), "test")) {
      assertThat(site.restorer().plan(Site.request("latest")).plan().snapshotId())
          .isEqualTo(snapshot.snapshotId());
    }
  }

  @Test
  void run_whileAnotherRunHoldsTheLock_isRefused() throws Exception {
    site.snapshot();
    Map<String, String> before = site.untouchable();
    try (RunLock _ = RunLock.acquire(site.backups().resolve("lock"), "test")) {
      assertRefused("latest", ErrorCode.LOCK_HELD, before);
    }
  }

  @Test
  void run_latest_restoresTheNewestCompleteSnapshot() throws Exception {
    site.snapshot();
    Databases.insert(site.file(TASKS), 5, 5);
    Map<String, List<String>> newest = site.content();
    BackupResult complete = site.snapshot();
    Files.move(site.file(NOTES), root.resolve("notes"));
    assertThat(site.snapshot().status()).isEqualTo(Status.INCOMPLETE);

    RestoreResult result = site.restore("latest");

    assertThat(result.plan().snapshotId()).isEqualTo(complete.snapshotId());
    assertThat(site.content()).isEqualTo(newest);
  }

  @Test
  void run_beginningOfAnId_restoresThatSnapshot() throws Exception {
    Map<String, List<String>> before = site.content();
    BackupResult first = site.snapshot();
    Databases.insert(site.file(TASKS), 5, 5);
    BackupResult second = site.snapshot();
    String shared = commonBeginning(first.snapshotId(), second.snapshotId());
    String unique = first.snapshotId().substring(0, shared.length() + 1);

    assertRefused(shared, ErrorCode.SNAPSHOT_ID_AMBIGUOUS, site.untouchable());
    site.restore(unique.substring("snap-".length()));

    assertThat(site.content()).isEqualTo(before);
  }

  private static String commonBeginning(String one, String other) {
    int length = 0;
    while (one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }

  @ParameterizedTest
  @CsvSource({
    "snap-1999-01-01T00-00-00Z, SNAPSHOT_NOT_FOUND",
    "yesterday,                 SNAPSHOT_ID_INVALID",
    "../x,                      SNAPSHOT_ID_INVALID",
    "/etc,                      SNAPSHOT_ID_INVALID",
    "'',                        SNAPSHOT_ID_INVALID",
    "..,                        SNAPSHOT_ID_INVALID",
    "snap-*,                    SNAPSHOT_ID_INVALID",
  })
  void run_idOfNoSnapshot_isRefused(String id, ErrorCode code) throws Exception {
    site.snapshot();
    Files.createDirectories(site.settings().dataRoot().resolve("x"));

    assertRefused(id, code, site.untouchable());
  }

  @Test
  void run_noSnapshotsAtAll_isRefused() throws Exception {
    assertRefused("latest", ErrorCode.SNAPSHOT_NOT_FOUND, site.untouchable());
  }

  private static RestoreRequest also(String snapshot, Set<String> only, String... also) {
    return new RestoreRequest(snapshot, false, only, Set.of(also), true, null);
  }

  @Test
  void run_snapshotHoldsAnUnknownDatabase_restoresTheKnownAndNamesIt() throws Exception {
    Map<String, List<String>> saved = site.content();
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item");
    Databases.execute(site.file(NOTES), "DELETE FROM item");
    List<String> notes = Databases.content(site.file(NOTES));
    Site today = site.with(TASKS, PROJECTS);

    RestoreResult result = today.restore(snapshot.snapshotId());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.warnings()).singleElement().asString().contains("notes", "--also notes");
    assertThat(Databases.content(site.file(NOTES))).isEqualTo(notes);
    assertThat(Databases.content(site.file(TASKS))).isEqualTo(saved.get("tasks"));
    assertThat(today.verifier().one(snapshot.snapshotId(), Progress.silent()).status())
        .isEqualTo(Status.DONE);

    RestoreResult all =
        today.restorer().run(also(snapshot.snapshotId(), Set.of(), "notes"), Progress.silent());

    assertThat(all.warnings()).isEmpty();
    assertThat(site.content()).isEqualTo(saved);
  }

  @Test
  void run_onlyAndAlso_restoresBothAndNothingElse() throws Exception {
    BackupResult snapshot = site.snapshot();
    List<String> notes = Databases.content(site.file(NOTES));
    Databases.execute(site.file(TASKS), "DELETE FROM item");
    Databases.execute(site.file(NOTES), "DELETE FROM item");
    List<String> tasks = Databases.content(site.file(TASKS));
    Site today = site.with(TASKS, PROJECTS);

    RestoreResult result =
        today
            .restorer()
            .run(also(snapshot.snapshotId(), Set.of("projects"), "notes"), Progress.silent());

    assertThat(result.plan().databases()).extracting("name").containsExactly("notes", "projects");
    assertThat(Databases.content(site.file(NOTES))).isEqualTo(notes);
    assertThat(Databases.content(site.file(TASKS))).isEqualTo(tasks);
  }

  @Test
  void run_onlyAnUnknownDatabase_isRefusedWithTheWayToHaveIt() throws Exception {
    BackupResult snapshot = site.snapshot();
    Site today = site.with(TASKS, PROJECTS);
    Map<String, String> before = site.untouchable();

    BackupException refusal =
        Refusals.of(
            () ->
                today.restorer().run(Site.only(snapshot.snapshotId(), "notes"), Progress.silent()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNKNOWN);
    assertThat(refusal.text()).contains("notes");
    assertThat(refusal.hint()).contains("--also notes");
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void run_alsoWhereAConfiguredDatabaseIs_isRefused() throws Exception {
    BackupResult snapshot = site.snapshot();
    Site today = site.with(TASKS, PROJECTS, new VitalDatabase("diary", NOTES.path(), null));
    Map<String, String> before = site.untouchable();

    BackupException refusal =
        Refusals.of(
            () ->
                today
                    .restorer()
                    .run(also(snapshot.snapshotId(), Set.of(), "notes"), Progress.silent()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNKNOWN);
    assertThat(refusal.text()).contains("notes", NOTES.path(), "diary");
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void run_newerSchemaThanEverSeenHere_isRefusedUnlessForced() throws Exception {
    Databases.execute(site.file(TASKS), "PRAGMA user_version = 9");
    BackupResult newer = site.snapshot();
    Databases.execute(site.file(TASKS), "PRAGMA user_version = 8");
    Map<String, String> before = site.untouchable();

    BackupException refusal = Refusals.of(() -> site.restore(newer.snapshotId()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_TOO_NEW);
    assertThat(refusal.text()).contains("tasks has schema version 9", "newest known here is 8");
    assertThat(refusal.hint()).contains("--force");
    assertThat(site.untouchable()).isEqualTo(before);
    RestoreResult forced = site.restorer().run(Site.forced(newer.snapshotId()), Progress.silent());
    assertThat(forced.warnings()).anyMatch(warning -> warning.contains("schema version 9"));
    assertThat(dev.workbuddy.backup.testing.Databases.ask(site.file(TASKS), "PRAGMA user_version"))
        .containsExactly("9");
  }

  @Test
  void run_schemaThatTheHistoryHasSeen_isRestored() throws Exception {
    Databases.execute(site.file(TASKS), "PRAGMA user_version = 9");
    String one = site.snapshot().snapshotId();
    site.snapshot();
    Databases.execute(site.file(TASKS), "PRAGMA user_version = 8");

    assertThat(site.restore(one).warnings()).isEmpty();
  }

  @Test
  void run_nothingToCompareTheSchemaWith_isRestoredAndSaidSo() throws Exception {
    Databases.execute(site.file(TASKS), "PRAGMA user_version = 9");
    String only = site.snapshot().snapshotId();
    Files.delete(site.file(TASKS));
    Databases.execute(site.file(TASKS), "VACUUM");

    assertThat(site.restore(only).warnings())
        .singleElement()
        .asString()
        .contains("nothing here tells", "tasks 9");
  }

  @Test
  void run_onlyADatabaseThatTheSnapshotLacks_isRefused() throws Exception {
    BackupResult snapshot = site.snapshot();
    Map<String, String> before = site.untouchable();

    BackupException refusal =
        Refusals.of(
            () ->
                site.restorer()
                    .run(Site.only(snapshot.snapshotId(), "tasks", "taks"), Progress.silent()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNKNOWN);
    assertThat(refusal.text()).contains("taks");
    assertThat(refusal.hint()).contains("notes, projects, tasks");
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void run_incompleteSnapshot_restoresTheRestAndSaysWhatIsMissing() throws Exception {
    Path aside = root.resolve("aside");
    Files.move(site.file(PROJECTS), aside);
    Map<String, List<String>> saved = site.content();
    BackupResult snapshot = site.snapshot();
    Files.move(aside, site.file(PROJECTS));
    List<String> projects = Databases.content(site.file(PROJECTS));
    Databases.execute(site.file(TASKS), "DELETE FROM item");

    RestoreResult result = site.restore(snapshot.snapshotId());

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.warnings()).singleElement().asString().contains("projects");
    assertThat(result.plan().missing()).extracting("database").containsExactly("projects");
    Map<String, List<String>> now = site.content();
    assertThat(now.remove("projects")).isEqualTo(projects);
    assertThat(now).isEqualTo(saved);
  }

  @Test
  void run_incompleteSnapshotOnlyWhatItHolds_isDone() throws Exception {
    Files.delete(site.file(PROJECTS));
    BackupResult snapshot = site.snapshot();

    RestoreResult result =
        site.restorer().run(Site.only(snapshot.snapshotId(), "tasks"), Progress.silent());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void run_databaseConfiguredSinceTheSnapshot_staysAndIsNamed() throws Exception {
    Site before = site.with(TASKS, PROJECTS);
    BackupResult snapshot = before.snapshot();
    List<String> notes = Databases.content(site.file(NOTES));

    RestoreResult planned = site.restorer().plan(Site.request(snapshot.snapshotId()));
    RestoreResult result = site.restore(snapshot.snapshotId());

    for (RestoreResult each : List.of(planned, result)) {
      assertThat(each.status()).isEqualTo(Status.INCOMPLETE);
      assertThat(each.plan().missing()).extracting("database").containsExactly("notes");
      assertThat(each.warnings()).singleElement().asString().contains("notes", "configuration");
    }
    assertThat(Databases.content(site.file(NOTES))).isEqualTo(notes);
    assertThat(
            site.restorer()
                .run(Site.only(snapshot.snapshotId(), "tasks"), Progress.silent())
                .status())
        .isEqualTo(Status.DONE);
  }

  @Test
  void run_onlyWhatTheSnapshotLacksAndMore_restoresTheRestAndIsIncomplete() throws Exception {
    Files.delete(site.file(PROJECTS));
    BackupResult snapshot = site.snapshot();
    List<String> tasks = Databases.content(site.file(TASKS));
    Databases.execute(site.file(TASKS), "DELETE FROM item");

    RestoreResult result =
        site.restorer()
            .run(Site.only(snapshot.snapshotId(), "tasks", "projects"), Progress.silent());

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.plan().missing()).extracting("database").containsExactly("projects");
    assertThat(Databases.content(site.file(TASKS))).isEqualTo(tasks);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_nothingOfWhatIsWantedIsInTheSnapshot_isRefusedWithTheReason(boolean elsewhere)
      throws Exception {
    Files.delete(site.file(PROJECTS));
    BackupResult snapshot = site.snapshot();
    Databases.create(site.file(PROJECTS), "delete", 2);
    Map<String, String> before = site.untouchable();
    Path target = root.resolve("target");
    RestoreRequest request =
        new RestoreRequest(
            snapshot.snapshotId(), true, Set.of("projects"), elsewhere ? target : null);

    BackupException refusal = Refusals.of(() -> site.restorer().run(request, Progress.silent()));
    BackupException planned = Refusals.of(() -> site.restorer().plan(request));

    assertThat(refusal.code()).isEqualTo(ErrorCode.NOTHING_TO_RESTORE);
    assertThat(planned.code()).isEqualTo(ErrorCode.NOTHING_TO_RESTORE);
    assertThat(refusal.text()).contains("projects", "no such file");
    assertThat(refusal.hint()).contains("notes, tasks");
    assertThat(site.untouchable()).isEqualTo(before);
    assertThat(target).doesNotExist();
  }

  @Test
  void run_wholeSnapshotHoldsNoDatabase_isRefused() throws Exception {
    BackupResult snapshot = site.snapshot();
    SnapshotEditor editor = new SnapshotEditor(site.directoryOf(snapshot));
    for (VitalDatabase database : Site.DATABASES) {
      editor.remove(database.path());
    }
    editor.editManifest(m -> m.putObject("databases"));
    Map<String, String> before = site.untouchable();

    BackupException refusal = Refusals.of(() -> site.restore(snapshot.snapshotId()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.NOTHING_TO_RESTORE);
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_toADirectory_unpacksThereAndLeavesTheLiveDataAlone(boolean existing) throws Exception {
    Map<String, List<String>> saved = site.content();
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item");
    Path target = root.resolve("new/place");
    if (existing) {
      Files.createDirectories(target);
    }
    Map<String, String> before = site.untouchable();

    RestoreResult result =
        site.restorer().run(Site.to(snapshot.snapshotId(), target), Progress.silent());

    assertThat(site.content(target)).isEqualTo(saved);
    assertThat(result.kept()).isNull();
    assertThat(result.plan().carriedOver()).isEmpty();
    assertThat(site.untouchable()).isEqualTo(before);
    assertThat(Tree.of(target).keySet())
        .containsExactlyInAnyOrder(
            "", "tasks", TASKS.path(), PROJECTS.path(), "deep", "deep/er", NOTES.path());
    try (var beside = Files.list(root.resolve("new"))) {
      assertThat(beside).containsExactly(target);
    }
  }

  @Test
  void run_toADirectoryUnderAnotherConfiguration_unpacksUnknownDatabasesToo() throws Exception {
    Map<String, List<String>> saved = site.content();
    BackupResult snapshot = site.snapshot();
    Path target = root.resolve("target");

    site.with(TASKS).restorer().run(Site.to(snapshot.snapshotId(), target), Progress.silent());

    assertThat(site.content(target)).isEqualTo(saved);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data/db/inside", "data/backups/inside", "link/inside"})
  void run_toAPlaceInOurOwnDirectories_isRefusedWithAHint(String target) throws Exception {
    BackupResult snapshot = site.snapshot();
    Files.createSymbolicLink(root.resolve("link"), site.db());

    RestoreRequest request = Site.to(snapshot.snapshotId(), root.resolve(target));
    BackupException refusal = Refusals.of(() -> site.restorer().run(request, Progress.silent()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(refusal.text()).contains(target, "it lies in");
    assertThat(refusal.hint()).contains("Name a directory elsewhere");
    assertThat(root.resolve(target)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"non-empty", "file", "non-empty/file", "data/db"})
  void run_toSomethingThatIsThere_isRefused(String target) throws Exception {
    BackupResult snapshot = site.snapshot();
    Files.createDirectories(root.resolve("non-empty"));
    Files.writeString(root.resolve("non-empty/file"), "mine");
    Files.writeString(root.resolve("file"), "mine");
    Map<String, String> before = Tree.of(root);

    RestoreRequest request = Site.to(snapshot.snapshotId(), root.resolve(target));
    BackupException refusal = Refusals.of(() -> site.restorer().run(request, Progress.silent()));
    BackupException planned = Refusals.of(() -> site.restorer().plan(request));

    assertThat(refusal.code()).isEqualTo(ErrorCode.TARGET_EXISTS);
    assertThat(planned.code()).isEqualTo(ErrorCode.TARGET_EXISTS);
    assertThat(without(Tree.of(root), "data/backups/lock"))
        .isEqualTo(without(before, "data/backups/lock"));
  }

  @Test
  void run_toADirectoryFromADamagedSnapshot_leavesNothing() throws Exception {
    BackupResult snapshot = site.snapshot();
    Files.writeString(site.directoryOf(snapshot).resolve("SHA256SUMS"), "");
    Map<String, String> before = Tree.of(root);

    BackupException refusal =
        Refusals.of(
            () ->
                site.restorer()
                    .run(
                        Site.to(snapshot.snapshotId(), root.resolve("target")), Progress.silent()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    assertThat(without(Tree.of(root), "data/backups/lock"))
        .isEqualTo(without(before, "data/backups/lock"));
  }

  @Test
  void run_placeOfADatabaseTakenByADirectory_failsAndLeavesEverythingAlone() throws Exception {
    BackupResult snapshot = site.snapshot();
    Files.delete(site.file(PROJECTS));
    Files.createDirectories(site.file(PROJECTS).resolve("of somebody"));
    Map<String, String> before = site.untouchable();

    assertThat(catchThrowable(() -> site.restore(snapshot.snapshotId()))).isNotNull();

    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void run_databaseMovedIntoTheNameOfACarriedFile_failsAndLeavesEverythingAlone() throws Exception {
    BackupResult snapshot = site.snapshot();
    Files.writeString(site.db().resolve("new"), "a file");
    Map<String, String> before = site.untouchable();
    VitalDatabase moved = new VitalDatabase("tasks", "new/tasks.db", null);

    assertThat(
            catchThrowable(() -> site.with(moved, PROJECTS, NOTES).restore(snapshot.snapshotId())))
        .isNotNull();

    assertThat(site.untouchable()).isEqualTo(before);
  }

  private void assertRefused(String id, ErrorCode code, Map<String, String> before)
      throws IOException {
    assertThat(Refusals.of(() -> site.restore(id)).code()).isEqualTo(code);
    assertThat(site.untouchable()).isEqualTo(before);
  }

  private static Map<String, String> without(Map<String, String> tree, String name) {
    tree.remove(name);
    return tree;
  }
}
