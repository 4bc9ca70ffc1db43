package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.restore.VerifyResult.Verified;
import dev.workbuddy.backup.snapshot.contents.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proving snapshots, and data that is odd without being damaged. */
class VerifySnapshotsTest {
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
  void all_soundSnapshots_saysWhatWasOpenedAndLeavesNoScratch() throws Exception {
    BackupResult first = site.snapshot();
    Databases.insert(site.file(TASKS), 5, 5);
    BackupResult second = site.snapshot();
    Map<String, String> before = Tree.of(root);

    VerifyResult result = site.verifier().all(Progress.silent());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.snapshots())
        .extracting(Verified::snapshotId)
        .containsExactly(second.snapshotId(), first.snapshotId());
    assertThat(result.snapshots()).extracting(Verified::rows).containsExactly(188L, 183L);
    assertThat(result.snapshots())
        .allSatisfy(
            verified -> {
              assertThat(verified.sound()).isTrue();
              assertThat(verified.databases()).isEqualTo(3);
              assertThat(verified.damage()).isEmpty();
              assertThat(verified.warnings()).isEmpty();
            });
    Map<String, String> after = Tree.of(root);
    after.remove("data/backups/verify.lock");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void all_noSnapshots_isDone() throws Exception {
    VerifyResult result = site.verifier().all(Progress.silent());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.snapshots()).isEmpty();
  }

  @Test
  void one_amongOthers_verifiesOnlyThatOne() throws Exception {
    BackupResult first = site.snapshot();
    site.snapshot();

    VerifyResult result = site.verifier().one(first.snapshotId(), Progress.silent());

    assertThat(result.snapshots())
        .extracting(Verified::snapshotId)
        .containsExactly(first.snapshotId());
  }

  @Test
  void one_unknownId_isRefused() throws Exception {
    site.snapshot();

    assertThat(Refusals.of(() -> site.verifier().one("../x", Progress.silent())).code())
        .isEqualTo(ErrorCode.SNAPSHOT_ID_INVALID);
  }

  @Test
  void one_severalThingsWrong_namesThemAll() throws Exception {
    BackupResult snapshot = site.snapshot();
    SnapshotEditor editor = new SnapshotEditor(site.directoryOf(snapshot));
    editor.replaceDatabase("projects", new byte[9000]);
    editor.editManifest(
        manifest -> {
          manifest.withObject("schema_versions").put("tasks", 3);
          manifest.withObject("row_counts").withObject("notes").put("item", 1);
        });

    Verified verified = site.verifier().one("latest", Progress.silent()).snapshots().getFirst();

    assertThat(verified.sound()).isFalse();
    assertThat(verified.damage())
        .extracting(Damage::text)
        .anySatisfy(text -> assertThat(text).contains("projects"))
        .anySatisfy(text -> assertThat(text).contains("tasks", "schema version 7"))
        .anySatisfy(text -> assertThat(text).contains("notes", "item", "60 rows"));
  }

  @Test
  void all_anotherProcessHoldsTheRunLock_worksAllTheSame() throws Exception {
    site.snapshot();
    try (OtherProcess holder = OtherProcess.holdingRunLock(site)) {
      assertThat(Refusals.of(() -> site.restore("latest")).code()).isEqualTo(ErrorCode.LOCK_HELD);

      assertThat(site.verifier().all(Progress.silent()).status()).isEqualTo(Status.DONE);
      assertThat(holder.isAlive()).isTrue();
    }
  }

  @Test
  void all_scratchOfAKilledVerification_isRemoved() throws Exception {
    site.snapshot();
    Path scratch = site.backups().resolve("verify.partial");
    Files.createDirectories(scratch.resolve("tasks"));
    Files.writeString(scratch.resolve(TASKS.path()), "half of a database");

    assertThat(site.verifier().all(Progress.silent()).status()).isEqualTo(Status.DONE);
    assertThat(scratch).doesNotExist();
  }

  @Test
  void all_brokenReferencesThatTheApplicationAlwaysHad_isSoundAndRestorableWithAWarning()
      throws Exception {
    Databases.execute(
        site.file(PROJECTS),
        "PRAGMA foreign_keys = OFF",
        "CREATE TABLE child (parent REFERENCES item (id))",
        "INSERT INTO child VALUES (-1), (-2)");
    List<String> projects = Databases.content(site.file(PROJECTS));
    site.snapshot();
    Databases.execute(site.file(PROJECTS), "DROP TABLE child");

    Verified verified = site.verifier().one("latest", Progress.silent()).snapshots().getFirst();
    RestoreResult result = site.restore("latest");

    assertThat(verified.sound()).isTrue();
    assertThat(verified.warnings()).singleElement().asString().contains("projects", "2 broken");
    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.warnings()).singleElement().asString().contains("projects", "2 broken");
    assertThat(Databases.content(site.file(PROJECTS))).isEqualTo(projects);
  }

  @Test
  void all_oneSweptMeanwhile_isSkippedAndTheOthersHaveResults() throws Exception {
    BackupResult first = site.snapshot();
    BackupResult second = site.snapshot();
    BackupResult third = site.snapshot();
    Progress sweeping =
        new Progress() {
          @Override
          public void step(String what) {
            if (what.equals("verifying " + second.snapshotId())) {
              try {
                DurableFiles.deleteTree(site.directoryOf(second));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }

          @Override
          public void advance(long done, long total) {}
        };

    VerifyResult result = site.verifier().all(sweeping);

    assertThat(result.skipped()).containsExactly(second.snapshotId());
    assertThat(result.unchecked()).isEmpty();
    assertThat(result.snapshots())
        .extracting(Verified::snapshotId)
        .containsExactly(third.snapshotId(), first.snapshotId());
    assertThat(result.status()).isEqualTo(Status.DONE);
  }

  @Test
  void all_oneCannotBeRead_isNotCalledDamagedAndTheOthersHaveResults() throws Exception {
    BackupResult first = site.snapshot();
    BackupResult second = site.snapshot();
    Path manifest = site.directoryOf(second).resolve("MANIFEST.json");
    Files.delete(manifest);
    Files.createDirectory(manifest);

    VerifyResult result = site.verifier().all(Progress.silent());

    assertThat(result.unchecked())
        .extracting(VerifyResult.Unchecked::snapshotId)
        .containsExactly(second.snapshotId());
    assertThat(result.snapshots())
        .extracting(Verified::snapshotId)
        .containsExactly(first.snapshotId());
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
  }
}
