package dev.workbuddy.backup.snapshot.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a tarball for reading, whichever way it was compressed. */
final class Decompression {
  private static final int BUFFER_BYTES = 1 << 17;

  /** Windows up to 32 MiB: all levels of zstd but its "ultra" and "long" modes. */
  private static final int MAX_ZSTD_WINDOW_LOG = 25;

  private Decompression() {}

  /** A stream that runs on threads of its own; damage in it shows as {@link IOException}s. */
  static InputStream open(Path tarball, ArchiveErrors errors, int threads) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(tarball), BUFFER_BYTES);
    try {
      return open(file, peek(file), errors, threads);
    } catch (IOException | RuntimeException | Error e) {
      try (file) {
        throw e; // after closing
      }
    }
  }

  private static byte[] peek(InputStream file) throws IOException {
    file.mark(BUFFER_BYTES);
    byte[] first = file.readNBytes(GzipMember.HEADER_BYTES);
    file.reset();
    return first;
  }

  private static InputStream open(InputStream file, byte[] first, ArchiveErrors errors, int threads)
      throws IOException {
    if (GzipMember.length(first, first.length).isPresent()) {
      return new ParallelGunzipInputStream(file, Deflate.ofSystem(), threads);
    }
    if (startsWith(first, 0x1f, 0x8b)) {
      return new ReadAheadInputStream(new SerialGunzipInputStream(file));
    }
    if (startsWith(first, 0x28, 0xb5, 0x2f, 0xfd)) {
      return new ReadAheadInputStream(
          new ZstdInputStreamNoFinalizer(file).setLongMax(MAX_ZSTD_WINDOW_LOG));
    }
    throw errors.damaged(first.length == 0 ? "the file is empty." : "it is neither gzip nor zstd.");
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
