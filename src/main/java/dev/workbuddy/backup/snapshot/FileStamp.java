package dev.workbuddy.backup.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What tells whether a file is still the one that was looked at. Its inode is left out: some
 * network file systems give another one each time they are mounted.
 *
 * @param bytes its size
 * @param modified when its content was last written, which copying tools set back
 * @param changed when the file system last noted any change of the file, a renaming included, which
 *     no tool sets; {@code modified} where it does not note that
 */
public record FileStamp(long bytes, Instant modified, Instant changed) {

  /** The stamps of those files of a snapshot that are there, by name. */
  public static Map<String, FileStamp> of(StoredSnapshot snapshot) throws IOException {
    Map<String, FileStamp> stamps = new TreeMap<>();
    Path manifest = snapshot.directory().resolve(Manifest.FILE_NAME);
    for (Path file : List.of(snapshot.tarball(), snapshot.checksums(), manifest)) {
      try {
        stamps.put(String.valueOf(file.getFileName()), of(file));
      } catch (NoSuchFileException absent) {
        // Its absence tells it apart from a file that is there.
      }
    }
    return stamps;
  }

  private static FileStamp of(Path file) throws IOException {
    BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
    Instant modified = seen.lastModifiedTime().toInstant();
    return new FileStamp(seen.size(), modified, changed(file).orElse(modified));
  }

  /** Empty where the system notes no such time, as Windows does not. */
  private static Optional<Instant> changed(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Optional.empty();
    }
    return Optional.of(((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant());
  }
}
