package dev.workbuddy.backup.testing.github;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where contents are kept, as files, so that large ones need no memory. */
final class Storage {
  private final Path directory;

  Storage(Path directory) {
    this.directory = directory;
  }

  /** What was received, with what GitHub would say of it. */
  record Stored(Path file, long size, String sha256) {
    byte[] bytes() {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Keeps what comes, up to so many bytes. */
  Stored receive(InputStream input, long limit) throws IOException {
    Path file = Files.createTempFile(directory, "content", null);
    MessageDigest digest = digest();
    long size = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream output = Files.newOutputStream(file)) {
      int read = 0;
      while (size < limit
          && (read = input.read(buffer, 0, (int) Math.min(buffer.length, limit - size))) >= 0) {
        output.write(buffer, 0, read);
        digest.update(buffer, 0, read);
        size += read;
      }
    }
    return new Stored(file, size, HexFormat.of().formatHex(digest.digest()));
  }

  /** The same with one byte changed. */
  Stored changed(Stored stored) throws IOException {
    byte[] content = stored.bytes();
    content[content.length / 2] ^= 1;
    try (InputStream input = new ByteArrayInputStream(content)) {
      return receive(input, Long.MAX_VALUE);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
