package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Files;
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
    if (!Files.exists(beside) && tarball.endsWith(StoredSnapshot.ORIGINAL_TARBALL)) {
      byte[] inside =
          new ArchiveReader(1).readEntry(tarball, Manifest.FILE_NAME, ManifestJson.MAX_BYTES);
      return ManifestJson.read(inside, "the manifest in " + tarball.getFileName());
    }
    if (!Files.exists(beside)) {
      throw damaged(directory, "is not there");
    }
    if (Files.size(beside) > ManifestJson.MAX_BYTES) {
      throw damaged(directory, "is too large to be a manifest");
    }
    return ManifestJson.read(Files.readAllBytes(beside), directory.getFileName() + "'s manifest");
  }

  private static BackupException damaged(Path directory, String problem) {
    return new BackupException(
        ErrorCode.MANIFEST_DAMAGED,
        directory.getFileName() + ": its " + Manifest.FILE_NAME + " " + problem,
        "Choose another snapshot: `wb-backup list` shows them.");
  }
}
