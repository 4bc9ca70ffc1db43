package dev.workbuddy.backup.snapshot.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * One 512-byte header block of a tar archive, in any of the dialects that are in use.
 *
 * @param name as it stands here; a record before this header may override it, and then this one may
 *     be cut off in the middle of a character; empty when it is not UTF-8
 * @param type the type flag, for example {@code '0'} for a regular file
 * @param bytes as it stands here; a record before this header may override it
 */
record TarHeader(Optional<String> name, char type, long bytes, int mode) {
  static final int BLOCK_BYTES = 512;

  private static final int NAME_AT = 0;
  private static final int NAME_BYTES = 100;
  private static final int MODE_AT = 100;
  private static final int MODE_BYTES = 8;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final byte[] POSIX_MAGIC = {'u', 's', 't', 'a', 'r', 0};
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_BYTES = 155;
  private static final int PERMISSIONS = 0777;

  /** Throws {@link IllegalArgumentException} for what is no header. */
  static TarHeader parse(byte[] block) {
    if (!TarUtils.verifyCheckSum(block)) {
      throw new IllegalArgumentException("a tar header's checksum does not match");
    }
    long bytes = TarUtils.parseOctalOrBinary(block, SIZE_AT, SIZE_BYTES);
    if (bytes < 0) {
      throw new IllegalArgumentException("a tar header has a negative size");
    }
    long mode = TarUtils.parseOctalOrBinary(block, MODE_AT, MODE_BYTES);
    return new TarHeader(
        name(block), (char) (block[TYPE_AT] & 0xff), bytes, (int) mode & PERMISSIONS);
  }

  private static Optional<String> name(byte[] block) {
    try {
      String name = text(block, NAME_AT, NAME_BYTES);
      String prefix = isPosix(block) ? text(block, PREFIX_AT, PREFIX_BYTES) : "";
      return Optional.of(prefix.isEmpty() ? name : prefix + "/" + name);
    } catch (IllegalArgumentException notUtf8) {
      return Optional.empty();
    }
  }

  private static boolean isPosix(byte[] block) {
    int end = MAGIC_AT + POSIX_MAGIC.length;
    return Arrays.equals(block, MAGIC_AT, end, POSIX_MAGIC, 0, POSIX_MAGIC.length);
  }

  private static String text(byte[] block, int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return utf8(block, offset, end - offset);
  }

  /** Throws {@link IllegalArgumentException} for what is not UTF-8. */
  static String utf8(byte[] bytes, int offset, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a name in the archive is not UTF-8", e);
    }
  }
}
