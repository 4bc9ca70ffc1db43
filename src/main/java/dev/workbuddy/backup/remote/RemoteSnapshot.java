package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as a remote's listing shows it.
 *
 * @param namespace whose it is; null where the remote does not say, as for snapshots of the
 *     original Python work-buddy
 * @param ours whether that is this machine's namespace; only such are ever deleted
 * @param origin the mark of the data root that pushed it; null where the remote does not say
 * @param place where it is in the remote: a folder, a tag
 * @param state {@code COMPLETE} or {@code INCOMPLETE} as its manifest says where all its files are
 *     there; {@code DAMAGED} where some are not (a push that did not finish) or are known to be
 *     others; {@code UNKNOWN} where the listing cannot tell
 * @param hold null where nobody holds it
 * @param files with the tarball in one piece or in parts, in the order in which the parts are
 *     joined
 */
public record RemoteSnapshot(
    SnapshotId id,
    @Nullable String namespace,
    boolean ours,
    @Nullable String origin,
    String place,
    SnapshotState state,
    @Nullable Hold hold,
    List<RemoteFile> files) {
  public RemoteSnapshot {
    files = List.copyOf(files);
  }

  /** The size of all its files together. */
  public long bytes() {
    return files.stream().mapToLong(RemoteFile::bytes).sum();
  }

  public Optional<RemoteFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /**
   * Whether the original Python work-buddy pushed it, without checksums and without a word on
   * whose.
   */
  public boolean isOriginal() {
    return namespace == null && file(Checksums.FILE_NAME).isEmpty();
  }

  RemoteSnapshot damaged() {
    return new RemoteSnapshot(
        id, namespace, ours, origin, place, SnapshotState.DAMAGED, hold, files);
  }

  public RemoteSnapshot withHold(@Nullable Hold other) {
    return new RemoteSnapshot(id, namespace, ours, origin, place, state, other, files);
  }
}
