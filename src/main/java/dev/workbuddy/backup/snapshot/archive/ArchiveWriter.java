package dev.workbuddy.backup.snapshot.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.SafeNames;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a tarball that {@code tar} everywhere can open. Equal content gives equal bytes on any
 * number of threads, for as long as the compression libraries do not change. After a failure only
 * {@link #close} is of use. For one thread at a time.
 */
public final class ArchiveWriter implements Closeable {
  private static final int ZSTD_USUAL = 3;
  private static final int ZSTD_HASTE = 1;

  /** Half of zstd's own choice: as small and as fast, and less memory for each thread. */
  private static final int ZSTD_JOB_BYTES = 4 << 20;

  private static final int BUFFER_BYTES = 1 << 18;
  private static final int PERMISSIONS = 0777;

  private final Path path;
  private final TarballFile file;
  private final OutputStream compressed;
  private final TarArchiveOutputStream tar;
  private final LongConsumer onBytes;
  private final Set<String> names = new HashSet<>();
  private boolean broken;
  private boolean finished;

  private ArchiveWriter(
      Path path, TarballFile file, OutputStream compressed, LongConsumer onBytes) {
    this.path = path;
    this.file = file;
    // tar hands over records of 512 bytes; each would be a native call of its own for zstd.
    this.compressed = new BufferedOutputStream(compressed, BUFFER_BYTES);
    this.onBytes = onBytes;
    tar = new TarArchiveOutputStream(this.compressed, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /**
   * As {@link #create(Path, Compression, Effort, int, LongConsumer)}, telling nobody of the
   * progress.
   */
  public static ArchiveWriter create(Path tarball, Compression compression, int threads)
      throws IOException {
    return create(tarball, compression, CompressionLevel.USUAL, threads, bytes -> {});
  }

  /**
   * Creates the file, which must not be there yet.
   *
   * @param threads how many threads compress; at least 1
   * @param onBytes called on the writing thread with the number of bytes that were just archived,
   *     before compression
   */
  public static ArchiveWriter create(
      Path tarball,
      Compression compression,
      CompressionLevel level,
      int threads,
      LongConsumer onBytes)
      throws IOException {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
    TarballFile file = new TarballFile(tarball);
    try {
      return new ArchiveWriter(
          tarball, file, compressing(file, compression, level, threads), onBytes);
    } catch (IOException | RuntimeException | Error e) {
      try (file) {
        throw e; // after closing
      }
    }
  }

  private static OutputStream compressing(
      TarballFile file, Compression compression, CompressionLevel level, int threads)
      throws IOException {
    return switch (compression) {
      case GZIP -> new ParallelGzipOutputStream(file, Deflate.ofSystem(level), threads);
      case ZSTD ->
          new ZstdOutputStreamNoFinalizer(
                  file, level == CompressionLevel.HASTE ? ZSTD_HASTE : ZSTD_USUAL)
              .setChecksum(true)
              .setWorkers(threads)
              .setJobSize(ZSTD_JOB_BYTES);
    };
  }

  /**
   * Archives a file. Throws {@link IOException} when its size changes meanwhile, and {@link
   * IllegalArgumentException} for a name that could not be unpacked safely or was used before.
   *
   * @param name relative, its parts separated by {@code /}
   * @param mode the permission bits
   * @param modified recorded in whole seconds
   */
  public ArchivedFile addFile(String name, Path source, int mode, Instant modified)
      throws IOException {
    MessageDigest sha256 = Sha256.digest();
    long bytes = Files.size(source);
    begin(name, bytes, mode, modified);
    try (InputStream in = open(source, sha256)) {
      copy(in, bytes, source);
    }
    end();
    return new ArchivedFile(name, bytes, HexFormat.of().formatHex(sha256.digest()));
  }

  /** Archives some bytes under a name; otherwise like {@link #addFile}. */
  public void addBytes(String name, byte[] content, int mode, Instant modified) throws IOException {
    begin(name, content.length, mode, modified);
    tar.write(content);
    onBytes.accept(content.length);
    end();
  }

  private static InputStream open(Path source, MessageDigest sha256) throws IOException {
    return new ReadAheadInputStream(new DigestInputStream(Files.newInputStream(source), sha256));
  }

  private void begin(String name, long bytes, int mode, Instant modified) throws IOException {
    SafeNames.problem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("the name \"" + name + "\" " + problem);
            });
    if (!names.add(name)) {
      throw new IllegalArgumentException("archived twice: " + name);
    }
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes);
    entry.setMode(mode & PERMISSIONS);
    entry.setLastModifiedTime(FileTime.from(modified.truncatedTo(ChronoUnit.SECONDS)));
    entry.setIds(0, 0);
    entry.setNames("", "");
    broken = true;
    tar.putArchiveEntry(entry);
  }

  private void end() throws IOException {
    tar.closeArchiveEntry();
    broken = false;
  }

  private void copy(InputStream in, long bytes, Path source) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = bytes;
    int count;
    while ((count = in.read(buffer)) >= 0) {
      left -= count;
      if (left < 0) {
        break;
      }
      tar.write(buffer, 0, count);
      onBytes.accept(count);
    }
    if (left != 0) {
      throw new IOException("%s changed its size while it was archived".formatted(source));
    }
  }

  /**
   * Ends the tarball and syncs it to disk. Call it once, last, and then {@link #close}; the
   * directory that holds the file is not synced.
   */
  public ArchiveDigest finish() throws IOException {
    if (broken || finished) {
      throw new IllegalStateException("the archive is broken or was finished before");
    }
    broken = true;
    tar.finish();
    compressed.close();
    DurableFiles.syncFile(path);
    finished = true;
    return file.digest();
  }

  /**
   * Ends the threads and closes the file. Without {@link #finish} before it, what stays on disk is
   * no archive and is for the caller to delete. Never throws.
   */
  @Override
  public void close() {
    try (compressed) {
      file.close();
    } catch (IOException abandoned) {
      // The file is closed already, so what is left of the stream cannot be written to it. The
      // failure that led here is on its way; a finished archive is on disk.
    }
  }
}
