package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking a restore back. */
class RollBackRestoreTest {
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
  void run_afterARestore_oldDataIsBackToTheLastByte() throws Exception {
    Tools.require("python3");
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(PROJECTS), "DELETE FROM item");
    Databases.commitAndDie(site.file(TASKS), 30);
    Map<String, String> old = new TreeMap<>(Tree.of(site.db()));
    site.restore(snapshot.snapshotId());
    Map<String, List<String>> restored = site.content();

    RollbackResult result = site.rollBack();

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.undone()).isEqualTo(snapshot.snapshotId());
    assertThat(result.databases())
        .containsExactlyInAnyOrder(TASKS.path(), PROJECTS.path(), NOTES.path());
    String index = TASKS.path() + "-shm"; // Whoever opens what a dead process left rewrites it.
    Map<String, String> now = new TreeMap<>(Tree.of(site.db()));
    now.remove(index);
    old.remove(index);
    assertThat(now).isEqualTo(old);
    assertThat(site.leftovers()).isEmpty();
    assertThat(site.kept()).containsExactly(Path.of(result.kept()));
    assertThat(site.content(Path.of(result.kept()))).isEqualTo(restored);
  }

  @Test
  void run_filesChangedSinceTheRestore_keepTheirPresentContent() throws Exception {
    Files.writeString(site.db().resolve("settings.json"), "before");
    Files.writeString(site.db().resolve("removed.txt"), "before");
    BackupResult snapshot = site.snapshot();
    site.restore(snapshot.snapshotId());
    Files.writeString(site.db().resolve("settings.json"), "after");
    Files.delete(site.db().resolve("removed.txt"));
    Files.createDirectories(site.db().resolve("new"));
    Files.writeString(site.db().resolve("new/file"), "new");

    site.rollBack();

    assertThat(site.db().resolve("settings.json")).hasContent("after");
    assertThat(site.db().resolve("removed.txt")).doesNotExist();
    assertThat(site.db().resolve("new/file")).hasContent("new");
  }

  @Test
  void run_databaseWasNotThereBeforeTheRestore_isGoneAgainButKept() throws Exception {
    Tools.require("python3");
    BackupResult snapshot = site.snapshot();
    Files.delete(site.file(TASKS));
    Map<String, String> old = Tree.of(site.db());
    site.restore(snapshot.snapshotId());
    Databases.insert(site.file(TASKS), 7, 3);
    Databases.commitAndDie(site.file(TASKS), 3);
    List<String> written = Databases.content(site.file(TASKS));

    RollbackResult result = site.rollBack();

    assertThat(site.content().keySet()).containsExactly("notes", "projects");
    assertThat(Tree.of(site.db())).isEqualTo(old);
    assertThat(Databases.content(TASKS.in(Path.of(result.kept())))).isEqualTo(written);
  }

  @Test
  void run_onlyOneDatabaseWasRestored_othersKeepWhatWasWrittenSince() throws Exception {
    BackupResult snapshot = site.snapshot();
    Databases.insert(site.file(PROJECTS), 7, 3);
    List<String> projects = Databases.content(site.file(PROJECTS));
    site.restorer().run(Site.only(snapshot.snapshotId(), "projects"), Progress.silent());
    Databases.insert(site.file(TASKS), 8, 3);
    List<String> tasks = Databases.content(site.file(TASKS));

    RollbackResult result = site.rollBack();

    assertThat(result.databases()).containsExactly(PROJECTS.path());
    assertThat(Databases.content(site.file(PROJECTS))).isEqualTo(projects);
    assertThat(Databases.content(site.file(TASKS))).isEqualTo(tasks);
  }

  @Test
  void run_againAndAgain_goesBackAndForth() throws Exception {
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(PROJECTS), "DELETE FROM item");
    Map<String, List<String>> old = site.content();
    site.restore(snapshot.snapshotId());
    Map<String, List<String>> restored = site.content();

    for (int round = 0; round < 2; round++) {
      site.rollBack();
      assertThat(site.content()).isEqualTo(old);
      site.rollBack();
      assertThat(site.content()).isEqualTo(restored);
      assertThat(site.kept()).hasSize(1);
    }
  }

  @Test
  void run_withoutDirectoryExchange_goesBackToo() throws Exception {
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(PROJECTS), "DELETE FROM item");
    Map<String, List<String>> old = site.content();
    Map<String, List<String>> restored;
    Optional<DirectoryExchange> none = Optional.empty();

    site.restorer(none).run(Site.request(snapshot.snapshotId()), Progress.silent());
    restored = site.content();
    site.rollBack(none, Progress.silent());

    assertThat(restored).isNotEqualTo(old);
    assertThat(site.content()).isEqualTo(old);
    assertThat(site.leftovers()).isEmpty();
    assertThat(site.kept()).hasSize(1);
  }

  @Test
  void run_twoRestores_eachRollbackTakesTheLatestBack() throws Exception {
    BackupResult snapshot = site.snapshot();
    Databases.insert(site.file(TASKS), 5, 5);
    site.restore(snapshot.snapshotId());
    Databases.insert(site.file(TASKS), 6, 6);
    Map<String, List<String>> second = site.content();
    site.restore(snapshot.snapshotId());

    site.rollBack();

    assertThat(site.content()).isEqualTo(second);
  }

  @Test
  void run_nothingWasRestored_isRefusedAndChangesNothing() throws Exception {
    site.snapshot();
    Map<String, String> before = site.untouchable();

    assertThat(Refusals.of(() -> site.rollBack()).code()).isEqualTo(ErrorCode.NOTHING_TO_ROLL_BACK);
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void run_noBackupsDirectoryYet_saysThatThereIsNothing() throws Exception {
    DurableFiles.deleteTree(site.backups());

    assertThat(Refusals.of(() -> site.rollBack()).code()).isEqualTo(ErrorCode.NOTHING_TO_ROLL_BACK);
  }

  @Test
  void run_restoreOnAFreshMachine_hasNothingToGoBackTo() throws Exception {
    BackupResult snapshot = site.snapshot();
    DurableFiles.deleteTree(site.db());
    site.restore(snapshot.snapshotId());
    Map<String, String> before = site.untouchable();

    assertThat(Refusals.of(() -> site.rollBack()).code()).isEqualTo(ErrorCode.NOTHING_TO_ROLL_BACK);
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void run_lastRestoreReplacedNothing_doesNotTakeAnEarlierOneBack() throws Exception {
    BackupResult snapshot = site.snapshot();
    site.restore(snapshot.snapshotId());
    DurableFiles.deleteTree(site.db());
    site.restore(snapshot.snapshotId());
    Map<String, String> before = site.untouchable();

    BackupException refused = Refusals.of(() -> site.rollBack());

    assertThat(refused.code()).isEqualTo(ErrorCode.NOTHING_TO_ROLL_BACK);
    assertThat(refused.text()).contains("replaced nothing");
    assertThat(refused.hint()).contains(".pre_restore_");
    assertThat(site.untouchable()).isEqualTo(before);
  }

  @Test
  void run_fileAppearedInTheOldDirectoryDuringTheRestore_isNotLostAndRollbackWorks()
      throws Exception {
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(PROJECTS), "DELETE FROM item");
    Map<String, List<String>> old = site.content();
    AtStep late =
        new AtStep(
            "swapping", () -> Files.writeString(site.db().resolve("late.txt"), "just in time"));
    site.restorer().run(Site.request(snapshot.snapshotId()), late);
    assertThat(late.fired()).isTrue();
    Files.writeString(site.db().resolve("late.txt"), "written anew");

    site.rollBack();

    assertThat(site.content()).isEqualTo(old);
    assertThat(site.db().resolve("late.txt")).hasContent("written anew");
  }

  @Test
  void run_fileReplacedInTheOldDirectoryDuringTheRestore_newContentIsNotLost() throws Exception {
    BackupResult snapshot = site.snapshot();
    Path settings = site.db().resolve("settings.json");
    Files.writeString(settings, "before");
    Path temporary = root.resolve("settings.tmp");
    Files.writeString(temporary, "saved just in time");
    AtStep late =
        new AtStep(
            "swapping", () -> Files.move(temporary, settings, StandardCopyOption.REPLACE_EXISTING));

    RestoreResult result = site.restorer().run(Site.request(snapshot.snapshotId()), late);

    assertThat(late.fired()).isTrue();
    Path kept = Path.of(Objects.requireNonNull(result.kept()));
    assertThat(List.of(Files.readString(settings), Files.readString(kept.resolve("settings.json"))))
        .containsExactlyInAnyOrder("before", "saved just in time");
  }

  /** An error leaves a restore as a kill does, but for the lock. */
  @Test
  void run_restoreWasCutShortAfterItsSwap_takesThatRestoreBack() throws Exception {
    BackupResult snapshot = site.snapshot();
    site.restore(snapshot.snapshotId());
    Databases.execute(site.file(PROJECTS), "DELETE FROM item");
    Map<String, List<String>> old = site.content();
    AtStep cut =
        new AtStep(
            "keeping the old data",
            () -> {
              throw new IOException("cut short");
            });
    assertThatThrownBy(() -> site.restorer().run(Site.request(snapshot.snapshotId()), cut))
        .hasMessageContaining("keeping the old data")
        .hasRootCauseMessage("cut short");

    site.rollBack();

    assertThat(site.content()).isEqualTo(old);
    assertThat(site.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3_600_000})
  void run_clockWasSetBackBetweenTwoRestores_takesTheSecondBack(long millis) throws Exception {
    BackupResult snapshot = site.snapshot();
    site.restore(snapshot.snapshotId());
    Path kept = site.kept().getFirst();
    Instant first =
        Instant.parse(
            kept.getFileName()
                .toString()
                .replaceFirst(".*_(.*T)(..)-(..)-(..)-(...Z)", "$1$2:$3:$4.$5"));
    Databases.insert(site.file(TASKS), 6, 6);
    Map<String, List<String>> second = site.content();
    Site setBack = Site.in(root, Site.DATABASES, first.minusMillis(millis));

    setBack.restore(snapshot.snapshotId());
    assertThat(site.kept()).hasSize(2);
    setBack.rollBack();

    assertThat(site.content()).isEqualTo(second);
  }
}
