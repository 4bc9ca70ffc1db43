package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be tidied up after a swap is in nobody's way: files that cannot be deleted. */
class UnfinishedTidyingTest {
  @TempDir Path root;
  private Site site;
  private Map<String, List<String>> snapshotted = Map.of();

  @BeforeEach
  void liveDirectoryWithAFileThatNobodyCanDelete() throws Exception {
    Tools.require("chattr");
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    Path fixed = Files.createDirectories(site.db().resolve("u")).resolve("f");
    Files.writeString(fixed, "x");
    site.snapshot();
    snapshotted = site.content();
    Databases.execute(site.file(TASKS), "DELETE FROM item WHERE id > 9");
    Tools.run(root, List.of("chattr", "+i", fixed.toString()));
  }

  @AfterEach
  void letGo() throws IOException {
    Tools.run(root, List.of("chattr", "-R", "-i", root.toString()));
  }

  @Test
  void restore_oldFileCannotBeDeleted_isDoneWithAWarningAndNothingWaits() throws Exception {
    Map<String, List<String>> changed = site.content();

    RestoreResult result = site.restore("latest");

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.warnings()).anySatisfy(w -> assertThat(w).contains("could not be removed"));
    assertThat(site.content()).isEqualTo(snapshotted);
    assertThat(site.recover()).isEmpty();
    assertThat(site.snapshot().status()).isEqualTo(Status.DONE);

    RollbackResult back = site.rollBack();

    assertThat(back.status()).isEqualTo(Status.DONE);
    assertThat(site.content()).isEqualTo(changed);
    assertThat(site.recover()).get().asString().contains("could not be removed");
    assertThat(Recovery.isUnfinished(site.settings())).isTrue();
    assertThat(site.db().resolve("u/f")).hasContent("x");
    assertThat(site.restore("latest").status()).isEqualTo(Status.DONE);
    assertThat(site.rollBack().status()).isEqualTo(Status.DONE);
    assertThat(site.content()).isEqualTo(changed);

    letGo();
    site.recover();

    assertThat(Recovery.isUnfinished(site.settings())).isFalse();
  }

  @Test
  void recover_stagedFileCannotBeDeleted_saysSoAndNothingWaits() throws Exception {
    Path staging = Files.createDirectory(root.resolve("data/db.staging_2026-05-11T10-00-00-000Z"));
    SwapMarker.restore(site.snapshot().snapshotId()).noteIn(staging);
    Path fixed = Files.writeString(staging.resolve("f"), "x");
    Tools.run(root, List.of("chattr", "+i", fixed.toString()));

    assertThat(site.recover()).get().asString().contains(fixed + ": ");
    assertThat(site.recorded()).hasSize(1);
    assertThat(site.recover()).get().asString().contains(fixed + ": ");

    assertThat(site.recorded()).hasSize(1);
    assertThat(site.snapshot().missing()).isEmpty();
    assertThat(site.restore("latest").status()).isEqualTo(Status.DONE);
  }
}
