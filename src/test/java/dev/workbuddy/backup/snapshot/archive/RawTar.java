package dev.workbuddy.backup.snapshot.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullMarked;

/** Tar archives byte by byte, also such as no honest tool writes. */
@NullMarked
final class RawTar {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RawTar file(String name, String content) {
    return entry(name, '0', content);
  }

  RawTar entry(String name, char type, String content) {
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    return header(name, type, "%011o".formatted(body.length)).body(body);
  }

  /** A header alone, with any text as its size. */
  RawTar header(String name, char type, String size) {
    byte[] block = new byte[TarHeader.BLOCK_BYTES];
    put(block, 0, name);
    put(block, 100, "0000644");
    put(block, 124, size);
    put(block, 136, "00000000000");
    put(block, 148, "        ");
    block[156] = (byte) type;
    put(block, 157, type == '1' || type == '2' ? "/etc/passwd" : "");
    put(block, 257, "ustar\00000");
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, "%06o\0 ".formatted(sum));
    return raw(block);
  }

  /** A PAX extended header with one record. */
  RawTar extended(char type, String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.length();
    while (length != rest.length() + Integer.toString(length).length()) {
      length++;
    }
    return entry("PaxHeader", type, length + rest);
  }

  private RawTar body(byte[] content) {
    raw(content);
    return raw(new byte[-content.length & (TarHeader.BLOCK_BYTES - 1)]);
  }

  RawTar raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  RawTar end() {
    return raw(new byte[2 * TarHeader.BLOCK_BYTES]);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** Writes it as the gzip that any tool writes. */
  Path gzip(Path file) throws IOException {
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(bytes());
    }
    return file;
  }

  private static void put(byte[] block, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, offset, bytes.length);
  }
}
