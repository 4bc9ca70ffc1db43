package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * A store of files in folders, with the few operations that {@link FolderRemote} needs. Paths are
 * relative to the store's root, with {@code /} between names.
 */
interface FolderStore {

  /** A file; {@code path} is relative to the store's root, whatever folder was listed. */
  record Entry(String path, long bytes) {}

  String name();

  RemoteResult<Readiness> check() throws InterruptedException;

  /**
   * All files below a folder, at any depth; none where the folder is not there.
   *
   * @param folder empty for the root
   */
  RemoteResult<List<Entry>> list(String folder) throws InterruptedException;

  /** Writes a file in full, durably; replaces what is there. Creates folders. */
  RemoteResult<String> put(Piece piece, Path asFile, String path, Progress progress)
      throws InterruptedException;

  /** The content of a small file. */
  RemoteResult<byte[]> read(String path) throws InterruptedException;

  /** Renames a file in its folder, replacing what is there. */
  RemoteResult<String> move(String from, String to) throws InterruptedException;

  /** Deletes a file; one that is not there is {@code Ok}. */
  RemoteResult<String> delete(String path) throws InterruptedException;

  /** Deletes a folder with all that is in it; one that is not there is {@code Ok}. */
  RemoteResult<String> deleteFolder(String path) throws InterruptedException;

  RemoteResult<Path> download(String path, long bytes, Path target, Progress progress)
      throws InterruptedException;

  /**
   * Compares files of a folder with what was sent, by the best means that the store has.
   *
   * @param pieces each in the folder under its own name; their sizes are right
   * @return {@code DAMAGED} naming the first whose content differs
   */
  RemoteResult<Proof> prove(String folder, List<Piece> pieces) throws InterruptedException;
}
