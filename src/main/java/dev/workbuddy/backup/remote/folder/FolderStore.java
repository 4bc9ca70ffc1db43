package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.RemoteResult;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store of files in folders, with the few operations that {@link FolderRemote} needs. Paths are
 * relative to the store's root, with {@code /} between names.
 */
public interface FolderStore {

  /**
   * A file.
   *
   * @param path relative to the store's root, whatever folder was listed
   * @param sum the checksum that the store told, as {@code kind:digits}; null where it told none
   */
  public record Entry(String path, long bytes, @Nullable String sum) {
    public Entry(String path, long bytes) {
      this(path, bytes, null);
    }
  }

  String name();

  RemoteResult<Readiness> check() throws InterruptedException;

  /**
   * All files below a folder, at any depth; none where the folder is not there.
   *
   * @param folder empty for the root
   */
  RemoteResult<List<Entry>> list(String folder) throws InterruptedException;

  /**
   * The files directly in the root; none where the root is not there but a push would create it.
   */
  RemoteResult<List<Entry>> top() throws InterruptedException;

  /** Like {@link #list}, with those checksums that the store knows without reading its files. */
  default RemoteResult<List<Entry>> listWithSums(String folder) throws InterruptedException {
    return list(folder);
  }

  /**
   * Whether it is a directory of the file system that the machine starts from, as a mount point
   * without its disk is; false where that is unknown.
   */
  default boolean isBare() {
    return false;
  }

  /** Whether {@link #listWithSums} tells any. */
  default boolean listsSums() throws InterruptedException {
    return false;
  }

  /** Whether a rename moves no bytes; where it would, files appear only when they are whole. */
  boolean renames() throws InterruptedException;

  /** Whether a folder can be renamed at once with all that is in it. */
  boolean movesFolders() throws InterruptedException;

  /** Writes files into a folder, in full and durably; replaces what is there. Creates folders. */
  RemoteResult<String> put(UploadBatch batch, String folder, Progress progress)
      throws InterruptedException;

  /** The content of a small file. */
  RemoteResult<byte[]> read(String path) throws InterruptedException;

  /** Renames a file in its folder, replacing what is there. */
  RemoteResult<String> move(String from, String to) throws InterruptedException;

  /** Moves all files of a folder into another, which is created or added to. */
  RemoteResult<String> moveFolder(String from, String to) throws InterruptedException;

  /**
   * Gives a folder a name that nobody has, where {@link #movesFolders}.
   *
   * @return false where somebody has the name, or is about to get it: nothing was changed then
   */
  RemoteResult<Boolean> appear(Passing from, String to) throws InterruptedException;

  /** Deletes a file; one that is not there is {@code Ok}. */
  RemoteResult<String> delete(String path) throws InterruptedException;

  /** Deletes a folder with all that is in it; one that is not there is {@code Ok}. */
  RemoteResult<String> deleteFolder(String path) throws InterruptedException;

  RemoteResult<Path> download(String path, long bytes, Path target, Progress progress)
      throws InterruptedException;

  /** What a folder holds, compared with what was sent. */
  record Compared(FolderContent content, Proof proof) {
    /** Returns this comparison after the folder got another name. */
    Compared movedTo(String other) {
      return new Compared(content.movedTo(other), proof);
    }
  }

  /**
   * Asks what a folder holds and compares it with what was sent: sizes, and content by the best
   * means that the store has.
   *
   * @param pieces each to be in the folder under its own name
   * @return {@code DAMAGED} naming the first that differs
   */
  RemoteResult<Compared> compare(String folder, List<Piece> pieces) throws InterruptedException;
}
