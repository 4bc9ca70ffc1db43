package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.archive.UnpackedFile;
import dev.workbuddy.backup.snapshot.contents.Damage;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Unpacks databases of one snapshot into a directory of its own; each is checked while the next is
 * unpacked. For one use.
 */
final class Unpacker {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final StoredSnapshot snapshot;
  private final SnapshotContents contents;
  private final Map<String, SnapshotContents.Item> wanted;
  private final Map<String, SnapshotContents.Beside> beside;
  private final List<Damage> damage = new ArrayList<>();
  private final EmbeddedManifestCheck manifest;
  private final Progress progress;
  private final List<CompletableFuture<CheckedDatabase>> checks = new ArrayList<>();
  private long bytes;

  /**
   * For one snapshot.
   *
   * @param wanted which of the snapshot's databases to write
   * @param withBeside whether to write its other files, too
   */
  Unpacker(
      StoredSnapshot snapshot,
      SnapshotContents contents,
      List<SnapshotContents.Item> wanted,
      boolean withBeside,
      Progress progress) {
    this.snapshot = snapshot;
    this.contents = contents;
    this.wanted =
        wanted.stream()
            .collect(Collectors.toMap(SnapshotContents.Item::entry, Function.identity()));
    this.beside =
        (withBeside ? contents.beside() : List.<SnapshotContents.Beside>of())
            .stream()
                .collect(Collectors.toMap(SnapshotContents.Beside::entry, Function.identity()));
    this.manifest = new EmbeddedManifestCheck(snapshot);
    this.progress = progress;
  }

  /**
   * Unpacks and checks.
   *
   * @return what was found, sound or not, for each of the wanted
   * @throws dev.workbuddy.backup.outcome.BackupException where the tarball itself is damaged or
   *     unsafe; what was written by then stays for the caller to delete
   */
  List<CheckedDatabase> run(ArchiveReader archives, Path directory) throws IOException {
    try (ExecutorService checkers = Executors.newFixedThreadPool(THREADS)) {
      archives.unpack(
          contents.unpacking(snapshot, directory, wanted.values(), !beside.isEmpty()),
          file -> accept(file, checkers));
      return checks.stream().map(Futures::join).toList();
    }
  }

  /** What is wrong with files that are no databases; to be asked after {@link #run}. */
  List<Damage> damage() {
    return List.copyOf(damage);
  }

  private void accept(UnpackedFile file, ExecutorService checkers) {
    if (manifest.takes(file)) {
      return;
    }
    SnapshotContents.Beside other = beside.get(file.name());
    if (other != null) {
      check(other, file);
      return;
    }
    SnapshotContents.Item item = Objects.requireNonNull(wanted.get(file.name()));
    progress.checkpoint();
    progress.step("checking " + item.name());
    bytes += file.bytes();
    progress.advance(bytes, wanted.values().stream().mapToLong(SnapshotContents.Item::bytes).sum());
    checks.add(
        CompletableFuture.supplyAsync(
            () -> DatabaseCheck.run(item, file, contents.original()), checkers));
  }

  private void check(SnapshotContents.Beside expected, UnpackedFile file) {
    if (expected.sha256() != null && !expected.sha256().equals(file.sha256())) {
      damage.add(
          new Damage(
              ErrorCode.CHECKSUM_MISMATCH,
              expected.entry() + ": its bytes do not match the checksum in the manifest"));
    }
  }
}
