package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Finds the tarball and the manifest in a snapshot's directory, of our formats and the original.
 */
final class SnapshotReader {
  /** The tarball's file; where there is none, the name that it should have. */
  Path tarball(SnapshotId id, Path directory) {
    for (Compression compression : Compression.values()) {
      Path tarball = directory.resolve(id + compression.suffix());
      if (Files.isRegularFile(tarball)) {
        return tarball;
      }
    }
    Path original = directory.resolve(StoredSnapshot.ORIGINAL_TARBALL);
    return Files.isRegularFile(original)
        ? original
        : directory.resolve(id + Compression.GZIP.suffix());
  }

  /** The manifest beside the tarball; the original Python work-buddy has it only inside. */
  Manifest manifest(Path directory, Path tarball) throws IOException {
    Path beside = directory.resolve(Manifest.FILE_NAME);
    if (!Files.exists(beside, LinkOption.NOFOLLOW_LINKS)
        && tarball.endsWith(StoredSnapshot.ORIGINAL_TARBALL)) {
      byte[] inside =
          new ArchiveReader(1).readEntry(tarball, Manifest.FILE_NAME, ManifestJson.MAX_BYTES);
      return ManifestJson.read(inside, "the manifest in " + tarball.getFileName());
    }
    return ManifestJson.read(beside(directory, beside), directory.getFileName() + "'s manifest");
  }

  /** What is no file says nothing of the snapshot; one that is too large is damaged. */
  private static byte[] beside(Path directory, Path file) throws IOException {
    try {
      return new StateFile(file, ManifestJson.MAX_BYTES).bytes();
    } catch (NoSuchFileException none) {
      throw damaged(directory, "is not there");
    } catch (UnusableFileException unusable) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw damaged(directory, "is too large to be a manifest");
      }
      throw unusable;
    }
  }

  private static BackupException damaged(Path directory, String problem) {
    return new BackupException(
        ErrorCode.MANIFEST_DAMAGED,
        directory.getFileName() + ": its " + Manifest.FILE_NAME + " " + problem,
        "Choose another snapshot: `wb-backup list` shows them.");
  }
}
