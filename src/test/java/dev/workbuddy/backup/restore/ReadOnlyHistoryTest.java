package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.testing.SmallDisk;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks on which nothing can be written any more. */
class ReadOnlyHistoryTest {
  @TempDir Path root;
  private SmallDisk disk;
  private Site site;
  private Map<String, List<String>> saved = Map.of();

  @BeforeEach
  void snapshotOnASmallDisk() throws Exception {
    disk = SmallDisk.mount(root.resolve("disk"), 64);
    site = Site.in(disk.root());
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    saved = site.content();
    site.snapshot();
  }

  @AfterEach
  void unmount() throws Exception {
    disk.close();
  }

  @Test
  void readOnly_verifyListAndRestoreElsewhere_workAndARestoreIntoLiveChangesNothing()
      throws Exception {
    disk.allowOnlyReading();

    VerifyResult verified = site.verifier().all(Progress.silent());
    assertThat(verified.status()).isEqualTo(Status.DONE);
    assertThat(verified.snapshots()).singleElement().extracting("databases").isEqualTo(3);

    site.recover();
    assertThat(new LocalStore(site.backups()).list()).hasSize(1);

    Path target = root.resolve("target");
    RestoreResult restored = site.restorer().run(Site.to("latest", target), Progress.silent());
    assertThat(restored.status()).isEqualTo(Status.DONE);
    assertThat(site.content(target)).isEqualTo(saved);

    assertThat(catchThrowable(() -> site.restore("latest"))).isNotNull();
  }

  @Test
  void readOnly_restoreWasCutShort_readingGoesOnAllTheSame() throws Exception {
    Files.createDirectories(disk.root().resolve("data/db.staging_2026-05-11T14-23-00-000Z"));
    disk.allowOnlyReading();

    site.recover();

    assertThat(site.verifier().one("latest", Progress.silent()).status()).isEqualTo(Status.DONE);
  }

  @Test
  void full_restore_namesTheDisk() {
    AtStep full = new AtStep("noting the swap", disk::fill);

    BackupException failure = Refusals.of(() -> site.restorer().run(Site.request("latest"), full));

    assertThat(full.fired()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(failure.text()).contains(site.settings().dataRoot().toString());
  }

  @Test
  void full_rollBack_namesTheDisk() throws Exception {
    site.restore("latest");
    AtStep full = new AtStep("noting the swap", disk::fill);

    BackupException failure = Refusals.of(() -> site.rollBack(Optional.empty(), full));

    assertThat(full.fired()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(failure.text()).contains(site.settings().dataRoot().toString());
  }

  /** Modes do not stop an administrator, who runs these tests; a file's attribute does. */
  @Test
  void restore_aLiveDirectoryCannotBeWritten_namesItBeforehand() throws Exception {
    Tools.require("chattr");
    Site other = Site.in(root.resolve("other"));
    Databases.create(other.file(PROJECTS), "delete", 2);
    BackupResult snapshot = other.snapshot();
    Path fixed = Files.createDirectory(other.db().resolve("fixed"));
    Tools.run(root, List.of("chattr", "+i", fixed.toString()));
    try {
      BackupException refusal = Refusals.of(() -> other.restore(snapshot.snapshotId()));

      assertThat(refusal.code()).isEqualTo(ErrorCode.LIVE_DIRECTORY_FIXED);
      assertThat(refusal.text()).contains(fixed + " is not writable");
    } finally {
      Tools.run(root, List.of("chattr", "-i", fixed.toString()));
    }
  }
}
