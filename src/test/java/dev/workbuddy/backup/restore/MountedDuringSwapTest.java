package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Mounted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who mounts something while a restore goes on, or before it is tidied up after. */
@EnabledOnOs(OS.LINUX)
class MountedDuringSwapTest {
  private static final String STAGING = "db.staging_2026-05-11T14-22-00-000Z";

  @TempDir Path root;
  private Site site;
  private BackupResult snapshot;
  private Path other;

  @BeforeEach
  void changedSinceTheSnapshot() throws Exception {
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item WHERE id > 9");
    other = Files.createDirectory(root.resolve("other"));
  }

  static Stream<Optional<DirectoryExchange>> exchanges() {
    return Stream.of(DirectoryExchange.ofSystem(), Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void run_viewMountedBetweenTheGuardAndTheSwap_oldDataIsLiveAgain(
      Optional<DirectoryExchange> exchange) throws Exception {
    Map<String, String> before = site.untouchable();
    Object projects = Tree.identity(site.file(PROJECTS));
    AtomicReference<@Nullable Mounted> mounted = new AtomicReference<>();
    AtStep late = new AtStep("swapping", () -> mounted.set(Mounted.bind(site.db(), other)));

    BackupException refusal =
        Refusals.of(() -> site.restorer(exchange).run(Site.request(snapshot.snapshotId()), late));

    try (Mounted _ = Objects.requireNonNull(mounted.get())) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.LIVE_DIRECTORY_MOUNTED);
      assertThat(refusal.text()).contains(other + " shows " + site.db());
      assertThat(Tree.identity(site.file(PROJECTS))).isEqualTo(projects);
      assertThat(site.untouchable()).isEqualTo(before);
      assertThat(site.leftovers()).isEmpty();
      assertThat(site.kept()).isEmpty();
    }
    site.restore(snapshot.snapshotId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unpacking", "carrying over other files"})
  void run_volumeMountedWhileStaging_isRefusedAndTheVolumeStaysWhole(String step) throws Exception {
    Path volume = volume();
    Path point = Files.createDirectory(site.db().resolve("uploads"));
    AtomicReference<@Nullable Mounted> mounted = new AtomicReference<>();
    AtStep late = new AtStep(step, () -> mounted.set(Mounted.bind(volume, point)));

    BackupException refusal =
        Refusals.of(() -> site.restorer().run(Site.request(snapshot.snapshotId()), late));

    try (Mounted _ = Objects.requireNonNull(mounted.get())) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.LIVE_DIRECTORY_MOUNTED);
      assertThat(volume.resolve("a")).hasContent("theirs");
      assertThat(site.leftovers()).isEmpty();
    }
  }

  private Path volume() throws Exception {
    Path volume = Files.createDirectory(root.resolve("volume"));
    Files.writeString(volume.resolve("a"), "theirs");
    return volume;
  }

  @Test
  void recover_volumeInWhatARestoreLeft_isLeftAloneUntilItIsUnmounted() throws Exception {
    Path volume = volume();
    Path left = site.settings().dataRoot().resolve(STAGING);
    Path point = Files.createDirectories(left.resolve("uploads"));
    try (Mounted _ = Mounted.bind(volume, point)) {
      assertThat(site.recover().orElseThrow()).contains("is mounted on " + point);
      BackupException refusal = Refusals.of(() -> site.restore(snapshot.snapshotId()));
      assertThat(refusal.code()).isEqualTo(ErrorCode.LIVE_DIRECTORY_MOUNTED);
      assertThat(volume.resolve("a")).hasContent("theirs");
      site.snapshot();
    }

    site.restore(snapshot.snapshotId());

    assertThat(left).doesNotExist();
    assertThat(volume.resolve("a")).hasContent("theirs");
  }

  /** What is mounted hides the mark that tells which of two directories holds the new data. */
  @Test
  void recover_liveDirectoryIsMountedOver_nothingIsDeleted() throws Exception {
    Path left = Files.createDirectory(site.settings().dataRoot().resolve(STAGING));
    Files.writeString(left.resolve("old.db"), "the only old data");
    try (Mounted _ = Mounted.bind(other, site.db())) {
      assertThat(site.recover().orElseThrow()).contains("is a mount point");
      assertThat(left.resolve("old.db")).exists();
    }
    assertThat(List.of(site.recover().orElseThrow())).isNotEmpty();
    assertThat(left).doesNotExist();
  }

  @Test
  void rollBack_volumeInTheKeptData_isRefusedAndStaysWhole() throws Exception {
    Path volume = volume();
    site.restore(snapshot.snapshotId());
    Path point = Files.createDirectory(site.kept().getFirst().resolve("uploads"));
    try (Mounted _ = Mounted.bind(volume, point)) {
      BackupException refusal = Refusals.of(() -> site.rollBack());
      assertThat(refusal.code()).isEqualTo(ErrorCode.LIVE_DIRECTORY_MOUNTED);
      assertThat(volume.resolve("a")).hasContent("theirs");
    }
    site.rollBack();
  }
}
