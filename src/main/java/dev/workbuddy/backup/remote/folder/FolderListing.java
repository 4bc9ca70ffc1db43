package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.remote.Namespace;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Parts;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots in folders {@code <namespace>/<id>/}, judged by the names and sizes of their files, and
 * by checksums where those are known. A file {@code MISSING.json} says that the snapshot lacks a
 * database.
 */
final class FolderListing {
  /** What the manifest says is missing; there only where something is. */
  static final String MISSING = "MISSING.json";

  private final RemoteContext context;

  FolderListing(RemoteContext context) {
    this.context = context;
  }

  /**
   * A folder with an id for a name.
   *
   * @param files those directly in it
   * @param changed whether some are known not to be those that were sent
   */
  record Folder(String namespace, SnapshotId id, List<RemoteFile> files, boolean changed) {
    String path() {
      return namespace + "/" + id;
    }

    boolean has(String name) {
      return files.stream().anyMatch(file -> file.name().equals(name));
    }

    /** Nothing that makes up a snapshot is empty. */
    boolean isEmptied() {
      return files.stream().anyMatch(file -> file.bytes() == 0 && SizeNote.covers(id, file.name()));
    }

    /** The mark of the data root that it is from; null where none of its files says so. */
    @Nullable String origin() {
      return origins().stream().findFirst().orElse(null);
    }

    /** The marks of all data roots that wrote, or began to write, into it. */
    List<String> origins() {
      return files.stream().flatMap(file -> Origin.mark(file.name()).stream()).toList();
    }

    /** Whether the last file of a push is there, so that it came to its end. */
    boolean isFinished() {
      return has(Checksums.FILE_NAME);
    }
  }

  /** The folders that hold snapshots or what was to become one; other files are none of ours. */
  static List<Folder> folders(List<FolderStore.Entry> entries) {
    Map<String, List<FolderStore.Entry>> files = new TreeMap<>();
    for (FolderStore.Entry entry : entries) {
      int slash = entry.path().lastIndexOf('/');
      if (slash > 0) {
        files.computeIfAbsent(entry.path().substring(0, slash), _ -> new ArrayList<>()).add(entry);
      }
    }
    List<Folder> folders = new ArrayList<>();
    files.forEach((path, inside) -> folder(path, inside).ifPresent(folders::add));
    return folders;
  }

  private static Optional<Folder> folder(String path, List<FolderStore.Entry> entries) {
    int slash = path.indexOf('/');
    if (slash < 0 || !Namespace.isValid(path.substring(0, slash))) {
      return Optional.empty();
    }
    List<RemoteFile> sorted =
        entries.stream()
            .map(file -> new RemoteFile(nameIn(path, file), file.bytes(), null))
            .sorted(Comparator.comparing(RemoteFile::name))
            .toList();
    return SnapshotId.parse(path.substring(slash + 1))
        .map(
            id ->
                new Folder(
                    path.substring(0, slash), id, sorted, SizeNote.contradicts(id, entries)));
  }

  private static String nameIn(String folder, FolderStore.Entry file) {
    return file.path().substring(folder.length() + 1);
  }

  /** The folders of the namespace that are on their way, each with the files in it. */
  Map<Passing, List<FolderStore.Entry>> passing(List<FolderStore.Entry> entries) {
    Map<Passing, List<FolderStore.Entry>> passing = new LinkedHashMap<>();
    for (FolderStore.Entry entry : entries) {
      String[] names = entry.path().split("/", -1);
      if (names.length > 2 && names[0].equals(context.namespace())) {
        Passing.parse(names[0], names[1])
            .ifPresent(
                folder -> passing.computeIfAbsent(folder, _ -> new ArrayList<>()).add(entry));
      }
    }
    return passing;
  }

  /** What the files of a folder on its way would be under the snapshot's own name. */
  static Folder arrived(Passing passing, List<FolderStore.Entry> entries) {
    return folder(
            passing.target(),
            FolderContent.of(passing.path(), entries).movedTo(passing.target()).entries())
        .orElseThrow();
  }

  /** The snapshot in a folder; what is still on its way there is not shown. */
  RemoteSnapshot snapshot(Folder folder, @Nullable Hold hold) {
    return new RemoteSnapshot(
        folder.id(),
        folder.namespace(),
        context.owns(folder.namespace(), folder.origin(), folder.id()),
        folder.origin(),
        folder.path(),
        state(folder),
        hold,
        folder.files().stream()
            .filter(file -> TemporaryName.began(file.name()).isEmpty())
            .toList());
  }

  static SnapshotState state(Folder folder) {
    if (folder.changed()
        || folder.isEmptied()
        || !folder.isFinished()
        || !folder.has(Manifest.FILE_NAME)
        || !hasTarball(folder)) {
      return SnapshotState.DAMAGED;
    }
    return folder.has(MISSING) ? SnapshotState.INCOMPLETE : SnapshotState.COMPLETE;
  }

  /** Whether its tarball is there, or no part of it is seen to be missing. */
  static boolean hasTarball(Folder folder) {
    List<String> names =
        folder.files().stream()
            .map(RemoteFile::name)
            .filter(name -> Parts.isTarballOf(folder.id(), Parts.whole(name)))
            .filter(name -> TemporaryName.began(name).isEmpty())
            .toList();
    return Parts.isWhole(names);
  }
}
