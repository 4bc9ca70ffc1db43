package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.TrustedLinks;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Databases unpacked from snapshots, kept for the next question: one file for each content, named
 * by its checksum, so that a database that did not change between two snapshots is here once. When
 * they become too many, those go whose last use is longest ago. Several processes may share one.
 */
public final class DatabaseCache {
  private static final String SUFFIX = ".db";
  private static final String USED = ".used";

  /** The date of every file here, which no writing program would leave. */
  private static final FileTime SEAL = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  private static final Pattern PARTIAL = Pattern.compile(".*\\.(\\d+)\\.partial\\d*");

  private final Path directory;
  private final long maxBytes;
  private final InstantSource clock;

  /**
   * For one directory, which need not exist yet.
   *
   * @param maxBytes what all files together may have; the newest is kept even where it is larger
   */
  DatabaseCache(Path directory, long maxBytes, InstantSource clock) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** How sure a caller must be that nobody changed a file since it was unpacked and compared. */
  public enum Trust {
    /** The seal tells of accidents: whoever writes a file gives it another date. */
    SEAL,
    /** Every byte is compared again. */
    CHECKSUM
  }

  /** The file with this content, if it is here and still what it was. */
  Optional<Path> find(String sha256, Trust trust) throws IOException {
    Path file = file(sha256);
    try {
      boolean sealed = Files.getLastModifiedTime(file).equals(SEAL);
      if (!sealed || (trust == Trust.CHECKSUM && !Checksums.sha256(file).equals(sha256))) {
        remove(file);
        return Optional.empty();
      }
      markUsed(file);
      return Optional.of(file);
    } catch (NoSuchFileException notHere) {
      return Optional.empty();
    }
  }

  /** A directory of the caller's own, which it deletes; if it is killed, somebody later does. */
  Path createScratch(String name) throws IOException {
    TrustedLinks.require(directory);
    if (!Files.isDirectory(directory)) {
      DurableFiles.createPrivateDirectory(directory);
    }
    sweepLeftovers();
    String own = "%s.%d.partial".formatted(name, ProcessHandle.current().pid());
    return Files.createTempDirectory(directory, own);
  }

  /** Takes an unpacked file in, read-only from now on. */
  Path add(Path unpacked, String sha256) throws IOException {
    Path file = file(sha256);
    unpacked.toFile().setReadOnly();
    Files.setLastModifiedTime(unpacked, SEAL);
    DurableFiles.rename(unpacked, file);
    markUsed(file);
    return file;
  }

  /** Removes what is too much, the least recently used first, but none of those in use here. */
  void shrink(List<Path> inUse) throws IOException {
    long bytes = 0;
    for (Path file : newestFirst()) {
      bytes += Files.size(file);
      if (bytes > maxBytes && !inUse.contains(file)) {
        remove(file);
      }
    }
  }

  private static void remove(Path file) throws IOException {
    DurableFiles.deleteTree(file);
    DurableFiles.deleteTree(used(file));
  }

  private List<Path> newestFirst() throws IOException {
    record Used(Path file, FileTime at) {}
    List<Used> files = new ArrayList<>();
    for (Path file : entries()) {
      if (file.getFileName().toString().endsWith(SUFFIX)) {
        files.add(new Used(file, lastUse(file)));
      }
    }
    files.sort(Comparator.comparing(Used::at).reversed());
    return files.stream().map(Used::file).toList();
  }

  /** What a killed process left; one that still runs is at work on its own. */
  private void sweepLeftovers() throws IOException {
    for (Path entry : entries()) {
      Matcher partial = PARTIAL.matcher(entry.getFileName().toString());
      if (partial.matches() && ProcessHandle.of(Long.parseLong(partial.group(1))).isEmpty()) {
        DurableFiles.deleteTree(entry);
      }
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private Path file(String sha256) {
    return directory.resolve(sha256 + SUFFIX);
  }

  /** An empty file beside it bears the date of its last use. */
  private void markUsed(Path file) throws IOException {
    Files.deleteIfExists(used(file));
    Files.createFile(used(file), DurableFiles.privateFile());
    Files.setLastModifiedTime(used(file), FileTime.from(clock.instant()));
  }

  private static FileTime lastUse(Path file) throws IOException {
    return Files.exists(used(file)) ? Files.getLastModifiedTime(used(file)) : SEAL;
  }

  private static Path used(Path file) {
    return file.resolveSibling(file.getFileName() + USED);
  }
}
