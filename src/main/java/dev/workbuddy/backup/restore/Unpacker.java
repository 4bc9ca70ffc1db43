package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.archive.UnpackRequest;
import dev.workbuddy.backup.snapshot.archive.UnpackedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Unpacks databases into a directory of its own; each is checked while the next is unpacked. */
final class Unpacker {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final ArchiveReader archives;

  Unpacker(ArchiveReader archives) {
    this.archives = archives;
  }

  /**
   * Unpacks and checks.
   *
   * @param wanted which of the snapshot's databases to write
   * @return what was found, sound or not, for each of the wanted
   * @throws dev.workbuddy.backup.outcome.BackupException where the tarball itself is damaged or
   *     unsafe; what was written by then stays for the caller to delete
   */
  List<CheckedDatabase> unpack(
      StoredSnapshot snapshot,
      SnapshotContents contents,
      List<SnapshotContents.Item> wanted,
      Path directory,
      Progress progress)
      throws IOException {
    Map<String, SnapshotContents.Item> byEntry =
        wanted.stream()
            .collect(Collectors.toMap(SnapshotContents.Item::entry, Function.identity()));
    List<CompletableFuture<CheckedDatabase>> checks = new ArrayList<>();
    ManifestInside manifest = new ManifestInside(snapshot);
    try (ExecutorService checkers = Executors.newFixedThreadPool(THREADS)) {
      archives.unpack(
          request(snapshot, contents, byEntry.keySet(), directory),
          file -> {
            if (!manifest.takes(file)) {
              checks.add(check(byEntry, file, contents.original(), checkers, progress));
            }
          });
      return checks.stream().map(Futures::join).toList();
    }
  }

  private static UnpackRequest request(
      StoredSnapshot snapshot, SnapshotContents contents, Set<String> entries, Path directory) {
    Map<String, OptionalLong> expected = new HashMap<>();
    contents.items().forEach(item -> expected.put(item.entry(), OptionalLong.of(item.bytes())));
    Set<String> wanted = new HashSet<>(entries);
    if (contents.original()) {
      Set<String> ignored = new HashSet<>(contents.placeholders());
      ignored.add(Manifest.FILE_NAME);
      return new UnpackRequest(snapshot.tarball(), directory, expected, wanted, ignored, 0);
    }
    expected.put(Manifest.FILE_NAME, OptionalLong.empty());
    wanted.add(Manifest.FILE_NAME);
    return new UnpackRequest(
        snapshot.tarball(), directory, expected, wanted, Set.of(), ManifestJson.MAX_BYTES);
  }

  private static CompletableFuture<CheckedDatabase> check(
      Map<String, SnapshotContents.Item> byEntry,
      UnpackedFile file,
      boolean original,
      ExecutorService checkers,
      Progress progress) {
    SnapshotContents.Item item = Objects.requireNonNull(byEntry.get(file.name()));
    progress.step("checking " + item.name());
    return CompletableFuture.supplyAsync(() -> DatabaseCheck.run(item, file, original), checkers);
  }
}
