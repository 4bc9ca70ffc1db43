package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in the local store, as its directory shows it.
 *
 * @param tarball the packed databases; the file may be missing in a damaged snapshot
 * @param bytes the tarball's size, 0 where it is missing
 * @param manifest null where it cannot be read
 * @param hold null where nobody holds it
 * @param fault why it cannot be used; null where nothing is wrong
 */
public record StoredSnapshot(
    SnapshotId id,
    Path directory,
    Path tarball,
    long bytes,
    @Nullable Manifest manifest,
    @Nullable Hold hold,
    @Nullable SnapshotProblem fault) {
  /** What the original Python work-buddy calls each of its tarballs. */
  public static final String ORIGINAL_TARBALL = "work-buddy-backup.tar.gz";

  private static final Set<ErrorCode> CANNOT_TELL =
      Set.of(ErrorCode.MANIFEST_VERSION_UNKNOWN, ErrorCode.IO_FAILED);

  public SnapshotState state() {
    if (fault != null && CANNOT_TELL.contains(fault.code())) {
      return SnapshotState.UNKNOWN;
    }
    if (manifest == null || fault != null) {
      return SnapshotState.DAMAGED;
    }
    return manifest.isComplete() ? SnapshotState.COMPLETE : SnapshotState.INCOMPLETE;
  }

  /** This snapshot, with something that is known to be wrong with it. */
  StoredSnapshot with(SnapshotProblem found) {
    return new StoredSnapshot(id, directory, tarball, bytes, manifest, hold, found);
  }

  /** Why it cannot be used; to be asked of one that is damaged or unknown. */
  public SnapshotProblem requireFault() {
    return Objects.requireNonNull(fault, "a snapshot without fault can be used");
  }

  public Optional<Manifest> readManifest() {
    return Optional.ofNullable(manifest);
  }

  /** The checksums beside the tarball; the original Python work-buddy wrote none. */
  public Path checksums() {
    return directory.resolve(Checksums.FILE_NAME);
  }

  /** Whether the original Python work-buddy wrote it; its format has no checksums. */
  public boolean isOriginal() {
    return tarball.endsWith(ORIGINAL_TARBALL);
  }

  /** Whether its manifest names another live directory; one that names none counts as ours. */
  public boolean isOfAnother(String dbDir) {
    return readManifest().map(Manifest::dbDir).filter(named -> !named.equals(dbDir)).isPresent();
  }

  /** Whether it was taken of data that was about to be mended, so that the loss is in it. */
  public boolean showsLoss() {
    return readManifest().filter(read -> Manifest.RESCUE.equals(read.takenBefore())).isPresent();
  }

  public boolean isHeld() {
    return hold != null;
  }
}
