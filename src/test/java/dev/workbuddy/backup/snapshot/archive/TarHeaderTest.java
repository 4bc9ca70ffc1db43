package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarHeaderTest {
  private static final long NINE_GIB = 9L << 30;

  @TempDir Path scratch;

  @Test
  void aSizeBeyondOctalIsBinary() throws IOException {
    byte[] block = written(TarArchiveOutputStream.BIGNUMBER_STAR);
    assertThat(TarHeader.parse(Arrays.copyOf(block, TarHeader.BLOCK_BYTES)))
        .isEqualTo(new TarHeader(Optional.of("a.db"), '0', NINE_GIB, 0644));
  }

  @Test
  void aSizeBeyondOctalIsInTheExtendedHeader() throws IOException {
    byte[] blocks = written(TarArchiveOutputStream.BIGNUMBER_POSIX);
    TarHeader extended = TarHeader.parse(Arrays.copyOf(blocks, TarHeader.BLOCK_BYTES));
    assertThat(extended.type()).isEqualTo('x');
    int start = TarHeader.BLOCK_BYTES;
    byte[] body = Arrays.copyOfRange(blocks, start, start + (int) extended.bytes());
    assertThat(TarOverrides.NONE.withExtendedHeader(body).bytes())
        .isEqualTo(OptionalLong.of(NINE_GIB));
  }

  @Test
  void aPrefixComesBeforeTheName() throws IOException {
    byte[] block = Arrays.copyOf(new RawTar().file("name", "").bytes(), TarHeader.BLOCK_BYTES);
    byte[] prefix = "some/directory".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(prefix, 0, block, 345, prefix.length);
    int sum = 0;
    Arrays.fill(block, 148, 156, (byte) ' ');
    for (byte b : block) {
      sum += b & 0xff;
    }
    byte[] checksum = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, block, 148, checksum.length);
    assertThat(new ArchiveReader(1).list(new RawTar().raw(block).end().gzip(scratch.resolve("t"))))
        .containsExactly(new ArchiveEntryInfo("some/directory/name", 0, 0644));
  }

  private static byte[] written(int bigNumberMode) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Not closed: the content that the header announces never comes.
    @SuppressWarnings("resource")
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
    tar.setBigNumberMode(bigNumberMode);
    TarArchiveEntry entry = new TarArchiveEntry("a.db");
    entry.setSize(NINE_GIB);
    entry.setMode(0644);
    tar.putArchiveEntry(entry);
    return out.toByteArray();
  }
}
