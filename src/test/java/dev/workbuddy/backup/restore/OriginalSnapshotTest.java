package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.restore.VerifyResult.Verified;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.OriginalWorkBuddy;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot that the original Python work-buddy wrote, packed by Python itself. */
class OriginalSnapshotTest {
  private static final String ID = "snap-2026-05-11T14-23-00Z";
  private static final VitalDatabase TASKS = Site.TASKS;
  private static final VitalDatabase PROJECTS = Site.PROJECTS;
  private static final VitalDatabase THREADS = new VitalDatabase("threads", "threads.db", null);

  @TempDir Path root;
  private Site site;

  @BeforeEach
  void liveDatabases() throws IOException {
    Tools.require("python3");
    site = Site.in(root, List.of(TASKS, PROJECTS, THREADS), Instant.parse("2026-06-01T00:00:00Z"));
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
  }

  /** THREADS is not there when the snapshot is taken. */
  private Path pack(int changedRows, boolean mentionsMissing) throws IOException {
    Path directory = Files.createDirectories(site.backups().resolve(ID));
    Path tarball = directory.resolve("work-buddy-backup.tar.gz");
    OriginalWorkBuddy.pack(
        tarball,
        changedRows,
        mentionsMissing,
        List.of(
            "tasks=" + site.file(TASKS),
            "projects=" + site.file(PROJECTS),
            "threads=" + site.file(THREADS)));
    return tarball;
  }

  @Test
  void list_besideOurs_showsItWithWhatItsManifestSays() throws Exception {
    pack(0, true);
    String ours = site.snapshot().snapshotId();

    List<StoredSnapshot> snapshots = new LocalStore(site.backups()).list();

    assertThat(snapshots).extracting(s -> s.id().toString()).containsExactly(ours, ID);
    StoredSnapshot original = snapshots.getLast();
    assertThat(original.isOriginal()).isTrue();
    assertThat(original.state()).isNotEqualTo(SnapshotState.DAMAGED);
    assertThat(original.bytes()).isPositive();
    assertThat(original.readManifest())
        .hasValueSatisfying(
            manifest -> {
              assertThat(manifest.host()).isEqualTo("laptop");
              assertThat(manifest.workBuddyDirty()).isTrue();
              assertThat(manifest.schemaVersions()).containsEntry("tasks", 7);
              assertThat(manifest.totalRows()).isEqualTo(122);
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_placeholderForAMissingDatabase_restoresTheRestToItsPlacesAndLeavesThatOne(
      boolean mentioned) throws Exception {
    Map<String, List<String>> saved = site.content();
    pack(0, mentioned);
    Databases.create(site.file(THREADS), "delete", 3);
    List<String> threads = Databases.content(site.file(THREADS));
    Databases.execute(site.file(TASKS), "DELETE FROM item");
    Files.delete(site.file(PROJECTS));
    Map<String, List<String>> old = site.content();

    RestoreResult result = site.restore(ID);

    Map<String, List<String>> now = site.content();
    assertThat(now.remove("threads")).isEqualTo(threads);
    assertThat(now).isEqualTo(saved);
    assertThat(result.warnings()).anyMatch(warning -> warning.contains("no checksums"));
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(result.warnings()).anyMatch(warning -> warning.contains("threads"));
    assertThat(site.content(Path.of(Objects.requireNonNull(result.kept()))).get("tasks"))
        .isEqualTo(old.get("tasks"));
    assertThat(site.leftovers()).isEmpty();

    site.rollBack();

    assertThat(site.content()).isEqualTo(old);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void one_soundOriginal_isSoundAndLeavesNoScratch(boolean mentioned) throws Exception {
    pack(0, mentioned);
    Map<String, String> before = Tree.of(root);

    Verified verified = site.verifier().one(ID, Progress.silent()).snapshots().getFirst();

    assertThat(verified.damage()).isEmpty();
    assertThat(verified.sound()).isTrue();
    assertThat(verified.databases()).isEqualTo(2);
    assertThat(verified.warnings()).isEmpty();
    Map<String, String> after = Tree.of(root);
    after.remove("data/backups/verify.lock");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void run_rowCountsWereTakenAMomentLater_areWarningsOnly() throws Exception {
    Map<String, List<String>> saved = site.content();
    pack(3, true);
    Databases.execute(site.file(TASKS), "DELETE FROM item");

    Verified verified = site.verifier().one(ID, Progress.silent()).snapshots().getFirst();
    RestoreResult result = site.restore(ID);

    assertThat(verified.sound()).isTrue();
    assertThat(verified.warnings())
        .anySatisfy(w -> assertThat(w).contains("tasks", "item", "60", "63"));
    assertThat(result.warnings())
        .anySatisfy(w -> assertThat(w).contains("tasks", "item", "60", "63"));
    assertThat(site.content()).isEqualTo(saved);
  }

  @Test
  void run_brokenReferences_areRefusedAndGoPastOnlyWithForce() throws Exception {
    Databases.execute(
        site.file(PROJECTS),
        "PRAGMA foreign_keys = OFF",
        "CREATE TABLE child (parent REFERENCES item (id))",
        "INSERT INTO child VALUES (-1)");
    Map<String, List<String>> saved = site.content();
    pack(0, true);
    Databases.execute(site.file(PROJECTS), "DROP TABLE child");
    Map<String, String> before = site.untouchable();

    assertThat(Refusals.of(() -> site.restore(ID)).code()).isEqualTo(ErrorCode.FOREIGN_KEYS_BROKEN);
    assertThat(site.untouchable()).isEqualTo(before);
    RestoreResult forced = site.restorer().run(Site.forced(ID), Progress.silent());

    assertThat(forced.warnings())
        .anySatisfy(w -> assertThat(w).contains("projects", "foreign_key_check", "--force"));
    assertThat(site.content()).isEqualTo(saved);
  }

  @Test
  void run_bitsFlippedAnywhere_isRefusedOrGivesExactlyWhatWasSaved() throws Exception {
    Map<String, List<String>> saved = site.content();
    Path tarball = pack(0, true);
    byte[] original = Files.readAllBytes(tarball);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 25; i++) {
      byte[] flipped = original.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(tarball, flipped);
      Map<String, String> before = Tree.of(site.db());
      try {
        site.restore(ID);
        assertThat(site.content()).isEqualTo(saved);
      } catch (BackupException e) {
        assertThat(e.code().status()).as(e.text()).isEqualTo(Status.DAMAGED);
        assertThat(Tree.of(site.db())).isEqualTo(before);
        refused++;
      }
      assertThat(site.leftovers()).isEmpty();
    }
    assertThat(refused).isGreaterThan(20);
  }

  @Test
  void run_cutShort_isRefusedAndNothingTouched() throws Exception {
    Path tarball = pack(0, true);
    byte[] original = Files.readAllBytes(tarball);
    Files.write(tarball, Arrays.copyOf(original, original.length / 2));
    Map<String, String> before = site.untouchable();

    assertThat(Refusals.of(() -> site.restore(ID)).code().status()).isEqualTo(Status.DAMAGED);
    assertThat(site.untouchable()).isEqualTo(before);
    assertThat(site.verifier().all(Progress.silent()).status()).isEqualTo(Status.DAMAGED);
  }
}
