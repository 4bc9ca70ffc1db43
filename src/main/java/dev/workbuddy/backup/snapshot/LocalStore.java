package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots on this machine: one directory each, named by its id, below the backups directory.
 * Changing methods want the run lock held; reading ones do not.
 */
public final class LocalStore {
  private static final String PARTIAL = ".partial";
  private static final String DOOMED = ".deleting";

  private final Path directory;
  private final SnapshotReader reader = new SnapshotReader();

  public LocalStore(Path directory) {
    this.directory = directory;
  }

  public Path directory() {
    return directory;
  }

  /**
   * All snapshots, the one that was taken last first; those that cannot be read say so. Names that
   * are no ids are none of ours and are left out. The clock may have been wrong: this history's own
   * are in the order of their taking, and before all others; those are in the order of their ids.
   */
  public List<StoredSnapshot> list() throws IOException {
    List<StoredSnapshot> snapshots = new ArrayList<>();
    for (Path entry : entries()) {
      Optional<SnapshotId> id = SnapshotId.parse(entry.getFileName().toString());
      if (id.isPresent() && Files.isDirectory(entry)) {
        inList(id.get(), entry).ifPresent(snapshots::add);
      }
    }
    snapshots.sort(order().reversed());
    return List.copyOf(snapshots);
  }

  /** The snapshot with the newest id, whoever took it, without looking into the others. */
  public Optional<StoredSnapshot> newest() throws IOException {
    return entries().stream()
        .flatMap(entry -> SnapshotId.parse(entry.getFileName().toString()).stream())
        .max(Comparator.naturalOrder())
        .flatMap(id -> inList(id, directory.resolve(id.toString())));
  }

  /** Those from before there were identities came before all that have one. */
  private Comparator<StoredSnapshot> order() {
    ToLongFunction<StoredSnapshot> turn =
        new IdentityFile(directory)
            .read()
            .<ToLongFunction<StoredSnapshot>>map(identity -> identity::turn)
            .orElse(_ -> -1);
    return Comparator.comparingLong(turn).thenComparing(StoredSnapshot::id);
  }

  /**
   * The snapshot as far as it can be seen: trouble with one hides no other. Empty where a sweep
   * deleted it meanwhile. Nothing deletes what could not be read: it may be held.
   */
  private Optional<StoredSnapshot> inList(SnapshotId id, Path entry) {
    StoredSnapshot snapshot;
    try {
      snapshot = read(id, entry);
    } catch (IOException e) {
      SnapshotProblem problem =
          SnapshotProblem.of(ErrorCode.IO_FAILED, id + " cannot be read: " + IoMessages.of(e));
      snapshot =
          new StoredSnapshot(
              id, entry, reader.tarball(id, entry), 0, null, Hold.UNREADABLE, problem);
    }
    return Files.isDirectory(entry) ? Optional.of(snapshot) : Optional.empty();
  }

  private List<Path> entries() throws IOException {
    if (Files.isSymbolicLink(directory) && !Files.exists(directory)) {
      throw new BackupException(
          ErrorCode.DATA_ROOT_UNUSABLE,
          directory + " is a link to something that is not there",
          "Mount the disk that it leads to, or remove the link.");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
  }

  /** The snapshot in a directory, which may be one that is not published yet. */
  public StoredSnapshot read(SnapshotId id, Path entry) throws IOException {
    StoredSnapshot seen = readUnmarked(id, entry);
    if (seen.fault() != null) {
      return seen;
    }
    return switch (damageFile(entry).read()) {
      case Stored.Absent<byte[]>() -> seen;
      case Stored.Found<byte[]>(byte[] document) -> marked(seen, document);
      case Stored.Unusable<byte[]> _ -> seen.with(DamageMark.unreadable(id));
    };
  }

  private static StoredSnapshot marked(StoredSnapshot seen, byte[] document) throws IOException {
    SnapshotProblem fault = DamageMark.fault(seen, document);
    return fault == null ? seen : seen.with(fault);
  }

  /**
   * Like {@link #read}, but ignores the mark that an earlier verify left, for a caller that checks
   * again.
   */
  public StoredSnapshot readUnmarked(SnapshotId id, Path entry) throws IOException {
    if (!Files.isReadable(entry) || !Files.isExecutable(entry)) {
      return unreadable(id, entry);
    }
    Path tarball = reader.tarball(id, entry);
    long bytes = Files.exists(tarball) ? Files.size(tarball) : 0;
    Manifest manifest = null;
    SnapshotProblem problem =
        bytes == 0
            ? SnapshotProblem.of(ErrorCode.ARCHIVE_DAMAGED, tarball + " is not there or empty")
            : null;
    try {
      manifest = reader.manifest(entry, tarball);
    } catch (BackupException e) {
      problem = SnapshotProblem.of(e);
    } catch (AccessDeniedException e) {
      problem = SnapshotProblem.notPermitted(e.getFile());
    } catch (IOException e) {
      problem =
          SnapshotProblem.of(
              ErrorCode.IO_FAILED, id + ": its manifest cannot be read: " + IoMessages.of(e));
    }
    return new StoredSnapshot(id, entry, tarball, bytes, manifest, hold(entry), problem);
  }

  /** What cannot be seen is not called damaged: somebody else may well be able to use it. */
  private StoredSnapshot unreadable(SnapshotId id, Path entry) {
    Path tarball = reader.tarball(id, entry);
    return new StoredSnapshot(
        id, entry, tarball, 0, null, null, SnapshotProblem.notPermitted(entry.toString()));
  }

  /** What lies in the place of a hold and cannot be read, holds as well. */
  private static @Nullable Hold hold(Path entry) {
    return switch (holdFile(entry).read()) {
      case Stored.Absent<byte[]>() -> null;
      case Stored.Found<byte[]>(byte[] document) -> Hold.read(document);
      case Stored.Unusable<byte[]> _ -> Hold.UNREADABLE;
    };
  }

  private static StateFile holdFile(Path entry) {
    return new StateFile(entry.resolve(Hold.FILE_NAME), Hold.MOST_BYTES);
  }

  private static StateFile damageFile(Path entry) {
    return new StateFile(entry.resolve(DamageMark.FILE_NAME), DamageMark.MOST_BYTES);
  }

  /** Has a snapshot be called damaged for as long as its files are those that the mark names. */
  public void markDamaged(StoredSnapshot snapshot, DamageMark mark) throws IOException {
    StateFile file = damageFile(snapshot.directory());
    Optional<String> _ = file.replace(Json.bytes(mark), file.json(DamageMark.class));
  }

  /** Takes such a mark away; nothing happens where there is none. */
  public void unmark(StoredSnapshot snapshot) throws IOException {
    if (!(damageFile(snapshot.directory()).read() instanceof Stored.Absent<byte[]>)) {
      damageFile(snapshot.directory()).remove();
      DurableFiles.syncDirectory(snapshot.directory());
    }
  }

  /** Marks a snapshot so that no sweep deletes it; replaces an earlier hold. */
  public void hold(StoredSnapshot snapshot, Hold hold) throws IOException {
    try {
      StateFile file = holdFile(snapshot.directory());
      Optional<String> _ = file.replace(hold.document(), file.json(Hold.class));
    } catch (IOException e) {
      Space.refuseIfFull(e, directory, "hold a snapshot");
      throw e;
    }
  }

  public void release(StoredSnapshot snapshot) throws IOException {
    holdFile(snapshot.directory()).remove();
    DurableFiles.syncDirectory(snapshot.directory());
  }

  /** Whether a snapshot, of either bucket, already has this second. */
  public boolean isTaken(SnapshotId id) {
    return Arrays.stream(SnapshotId.Bucket.values())
        .map(bucket -> directory.resolve(new SnapshotId(id.time(), bucket).toString()))
        .anyMatch(Files::exists);
  }

  /** A directory for a snapshot in the making; only its owner may read it. */
  public Path createPartial(SnapshotId id) throws IOException {
    Path partial = directory.resolve(id + PARTIAL);
    DurableFiles.createPrivateDirectory(partial);
    return partial;
  }

  /** The directory that an earlier attempt left of a snapshot in the making, or a new one. */
  public Path continuePartial(SnapshotId id) throws IOException {
    Path partial = directory.resolve(id + PARTIAL);
    return Files.isDirectory(partial, LinkOption.NOFOLLOW_LINKS) ? partial : createPartial(id);
  }

  /** Gives a finished snapshot its name, after all of it is on disk. */
  public Path publish(Path partial, SnapshotId id) throws IOException {
    DurableFiles.giveToOwnerOfDirectory(partial);
    DurableFiles.syncDirectories(partial);
    Path published = directory.resolve(id.toString());
    DurableFiles.rename(partial, published);
    return published;
  }

  /** Deletes a snapshot; a crash halfway leaves something that no list shows. */
  public void delete(StoredSnapshot snapshot) throws IOException {
    Path doomed = directory.resolve(snapshot.id() + DOOMED);
    DurableFiles.rename(snapshot.directory(), doomed);
    DurableFiles.deleteTree(doomed);
  }

  /** Removes what killed runs left behind, and nothing whose name no run gives. */
  public void sweepLeftovers() throws IOException {
    for (Path entry : entries()) {
      String name = entry.getFileName().toString();
      if (isLeftover(name, PARTIAL) || isLeftover(name, DOOMED)) {
        DurableFiles.deleteTree(entry);
      }
    }
  }

  private static boolean isLeftover(String name, String suffix) {
    return name.endsWith(suffix)
        && SnapshotId.parse(name.substring(0, name.length() - suffix.length())).isPresent();
  }
}
