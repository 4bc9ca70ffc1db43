package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.catalog.FolderRemotes;
import dev.workbuddy.backup.remote.folder.SizeNote;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.SmallDisk;
import dev.workbuddy.backup.testing.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryRemoteTest extends RemoteContract {
  @Override
  protected TestPlace open(Path directory) {
    return new DirectoryPlace(directory);
  }

  private Path lonely(String name) throws Exception {
    return Files.createDirectories(scratch.resolve(name));
  }

  private static RemoteFault fault(RemoteResult<?> result) {
    assertThat(result).isInstanceOf(Failed.class);
    return ((Failed<?>) result).fault();
  }

  @Test
  void everyOperation_markerAbsent_isRefusedAndWritesNothing() throws Exception {
    Path mountPoint = lonely("mnt");
    Remote remote = FolderRemotes.directory(mountPoint, Optional.of(".mounted"), context("m"));
    var snapshot =
        new Snapshots(scratch.resolve("backups2"), 1).complete("snap-2026-11-22T10-00-00Z", 10);

    assertThat(fault(remote.check())).isEqualTo(RemoteFault.REFUSED);
    assertThat(fault(remote.list())).isEqualTo(RemoteFault.REFUSED);
    assertThat(fault(remote.push(snapshot, Progress.silent()))).isEqualTo(RemoteFault.REFUSED);
    assertThat(mountPoint).isEmptyDirectory();

    Files.createFile(mountPoint.resolve(".mounted"));
    assertThat(remote.push(snapshot, Progress.silent()).isOk()).isTrue();
    assertThat(remote.list().orThrow().snapshots()).hasSize(1);
  }

  @Test
  void everyOperation_directoryAbsent_isNotFoundAndIsNotCreated() throws Exception {
    Path absent = scratch.resolve("absent");
    Remote remote = FolderRemotes.directory(absent, Optional.empty(), context("m"));

    assertThat(fault(remote.check())).isEqualTo(RemoteFault.NOT_FOUND);
    assertThat(fault(remote.list())).isEqualTo(RemoteFault.NOT_FOUND);
    assertThat(absent).doesNotExist();
  }

  @Test
  void push_newFolders_areOpenToTheirOwnerAlone() throws Exception {
    Path root = lonely("disk");
    Remote remote = FolderRemotes.directory(root, Optional.empty(), context("m"));
    var snapshot =
        new Snapshots(scratch.resolve("backups2"), 1).complete("snap-2026-11-22T10-00-00Z", 10);
    remote.push(snapshot, Progress.silent()).orThrow();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("m"))))
        .isEqualTo("rwx------");
  }

  @Test
  void list_otherThingsInTheDirectory_areLeftOutAndNeverSwept() throws Exception {
    Path root = lonely("disk");
    Files.createDirectories(root.resolve("m/photos"));
    Files.writeString(root.resolve("m/photos/SHA256SUMS"), "mine");
    Files.writeString(root.resolve("readme"), "mine");
    Files.createDirectories(root.resolve("snap-2026-01-01T00-00-00Z"));
    Files.writeString(root.resolve("snap-2026-01-01T00-00-00Z/MANIFEST.json"), "mine");
    Remote remote = FolderRemotes.directory(root, Optional.empty(), context("m"));

    assertThat(remote.list().orThrow().snapshots()).isEmpty();
    assertThat(remote.sweepOrphans().orThrow()).isEmpty();
    assertThat(Listing.of(root)).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {ID + ".tar.gz.part-001", "MANIFEST.json", "SHA256SUMS"})
  void list_anyFileCutShort_isDamaged(String file) throws Exception {
    push(inParts(), snapshots.complete(ID, SMALL));
    place.cutShort(only(ours()), file);

    assertThat(only(ours()).state()).isEqualTo(SnapshotState.DAMAGED);
  }

  private Remote inParts() throws Exception {
    return place.remote(context("this-machine", SMALL / 3));
  }

  @Test
  void list_lastPartLost_isDamaged() throws Exception {
    push(inParts(), snapshots.complete(ID, SMALL));
    place.lose(only(ours()), ID + ".tar.gz.part-002");

    assertThat(only(ours()).state()).isEqualTo(SnapshotState.DAMAGED);
  }

  @Test
  void push_copyFromBeforeSizesWereNoted_isWholeAndGetsTheNoteAlone() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    RemoteSnapshot noted = only(ours());
    place.lose(noted, noteOfSizes(noted).name());
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);

    Pushed again = push(ours(), snapshot);

    assertThat(again.sentBytes()).isEqualTo(noteOfSizes(noted).bytes());
    assertThat(only(ours())).isEqualTo(noted);
  }

  private static RemoteFile noteOfSizes(RemoteSnapshot snapshot) {
    return snapshot.files().stream()
        .filter(file -> SizeNote.isOfSizes(file.name()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void push_inOnePieceWhatWasThereInParts_leavesNothingOfThem() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(inParts(), snapshot);
    RemoteFile old = noteOfSizes(only(ours()));

    push(ours(), snapshot);

    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(only(ours()).files())
        .extracting(RemoteFile::name)
        .hasSize(5)
        .contains(ID + ".tar.gz")
        .doesNotContain(old.name())
        .noneMatch(Parts::isPart);
    ours().delete(only(ours())).orThrow();
    assertThat(Listing.of(scratch.resolve("place/this-machine"))).isEmpty();
  }

  /** A directory; where its disk must fill up, a disk of its own is mounted over it. */
  static final class DirectoryPlace implements TestPlace {
    private final Path root;
    private final StoredFiles files;
    private final List<SmallDisk> disks = new ArrayList<>();

    DirectoryPlace(Path root) {
      this.root = root;
      this.files = new StoredFiles(root);
    }

    @Override
    public Remote remote(RemoteContext context) {
      return FolderRemotes.directory(root, Optional.empty(), context);
    }

    /** The disk fills up, by somebody else's doing, while the tarball is being written. */
    @Override
    public Breaking breaking(RemoteContext context) throws Exception {
      SmallDisk disk = SmallDisk.mount(root, 40);
      disks.add(disk);
      AtomicInteger calls = new AtomicInteger();
      Progress progress =
          new Progress() {
            @Override
            public void step(String what) {}

            @Override
            public void advance(long done, long total) {
              if (calls.incrementAndGet() == 2) {
                disk.fill();
              }
            }
          };
      return new Breaking(remote(context), progress, RemoteFault.QUOTA, () -> calls.get() >= 2);
    }

    @Override
    public void mend() throws Exception {
      Files.delete(root.resolve("filler"));
    }

    @Override
    public Breaking full(RemoteContext context) throws Exception {
      disks.add(SmallDisk.mount(root, 3));
      return new Breaking(
          remote(context), Progress.silent(), RemoteFault.QUOTA, () -> !disks.isEmpty());
    }

    @Override
    public void change(RemoteSnapshot snapshot, String file, Change change) throws Exception {
      files.change(snapshot, file, change);
    }

    @Override
    public void lose(RemoteSnapshot snapshot, String file) throws Exception {
      files.lose(snapshot, file);
    }

    @Override
    public void seed(String namespace, int count) throws Exception {
      files.seed(namespace, count, root.resolveSibling("model"));
    }

    @Override
    public List<String> forOtherProcess() {
      return List.of("directory:" + root);
    }

    @Override
    public void close() throws IOException {
      for (SmallDisk disk : disks) {
        disk.close();
      }
    }
  }
}
