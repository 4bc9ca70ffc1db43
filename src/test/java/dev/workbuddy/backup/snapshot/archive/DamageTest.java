package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Broken archives either fail as damage or still yield every original byte. */
class DamageTest {
  private static final int FLIPS = 300;

  private static final Map<String, byte[]> FILES =
      Map.of("a.db", Samples.content(new Random(5), 1500));

  @TempDir Path scratch;

  enum Kind {
    OUR_GZIP,
    OUR_GZIP_IN_SMALL_MEMBERS,
    OUR_ZSTD,
    FOREIGN_GZIP,
    FOREIGN_GZIP_IN_MEMBERS
  }

  private byte[] archive(Kind kind) throws IOException {
    return switch (kind) {
      case OUR_GZIP -> ours(Compression.GZIP);
      case OUR_ZSTD -> ours(Compression.ZSTD);
      case OUR_GZIP_IN_SMALL_MEMBERS -> smallMembers(tar());
      case FOREIGN_GZIP -> foreign(tar());
      case FOREIGN_GZIP_IN_MEMBERS -> {
        byte[] tar = tar();
        yield joined(
            foreign(Arrays.copyOf(tar, 700)), foreign(Arrays.copyOfRange(tar, 700, tar.length)));
      }
    };
  }

  private byte[] ours(Compression compression) throws IOException {
    Path file = Files.createTempDirectory(scratch, "made").resolve("t");
    Samples.write(FILES, file, compression, 2, scratch);
    return Files.readAllBytes(file);
  }

  private byte[] tar() throws IOException {
    try (var in =
        Decompression.open(written(ours(Compression.GZIP)), new ArchiveErrors(scratch), 1)) {
      return in.readAllBytes();
    }
  }

  private byte[] foreign(byte[] content) throws IOException {
    return Files.readAllBytes(new RawTar().raw(content).gzip(scratch.resolve("foreign")));
  }

  private static byte[] smallMembers(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip =
        new ParallelGzipOutputStream(out, Deflate.ofSystem(), 512, 2, new WorkerPool("small", 2))) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @ParameterizedTest
  @EnumSource
  void wholeArchivesUnpack(Kind kind) throws IOException {
    assertThat(unpacks(archive(kind))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void noTruncationGoesUnseen(Kind kind) throws IOException {
    byte[] archive = archive(kind);
    IntStream.concat(IntStream.range(0, 64), IntStream.range(0, archive.length))
        .filter(length -> length < 64 || length > archive.length - 64 || length % 7 == 0)
        .forEach(
            length ->
                assertThat(unpacks(Arrays.copyOf(archive, length)))
                    .as("cut to %d of %d bytes", length, archive.length)
                    .isFalse());
  }

  @ParameterizedTest
  @EnumSource
  void noMissingMemberGoesUnseen(Kind kind) throws IOException {
    byte[] archive = archive(kind);
    for (int start = 1; start < archive.length - 1; start++) {
      if (archive[start] == 0x1f && archive[start + 1] == (byte) 0x8b) {
        assertThat(unpacks(Arrays.copyOf(archive, start))).as("up to %d", start).isFalse();
        assertThat(unpacks(Arrays.copyOfRange(archive, start, archive.length)))
            .as("from %d", start)
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFlippedBitYieldsOtherBytes(Kind kind) throws IOException {
    byte[] archive = archive(kind);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < FLIPS; i++) {
      byte[] broken = archive.clone();
      int bit = i < 256 ? i : random.nextInt(broken.length * 8);
      broken[bit / 8] ^= (byte) (1 << (bit % 8));
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(60), () -> unpacks(broken), "seed " + seed + ", bit " + bit);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingMayFollow(Kind kind) throws IOException {
    byte[] archive = archive(kind);
    for (String rest : new String[] {"\0", "x", "\0".repeat(600), "garbage".repeat(300)}) {
      byte[] longer = joined(archive, rest.getBytes(StandardCharsets.UTF_8));
      assertThat(unpacks(longer)).as("followed by %s", rest).isFalse();
    }
  }

  @Test
  void aForeignMemberAfterOursIsDamage() throws IOException {
    byte[] tar = tar();
    byte[] mixed =
        joined(
            smallMembers(Arrays.copyOf(tar, 1024)),
            foreign(Arrays.copyOfRange(tar, 1024, tar.length)));
    assertThat(unpacks(mixed)).isFalse();
  }

  @Test
  void membersThatDeclareTooMuchAreDamage() throws IOException {
    byte[] archive = archive(Kind.OUR_GZIP);
    for (int lie : new int[] {0, 1, 28, -1, Integer.MAX_VALUE, 5 << 20, archive.length + 1}) {
      byte[] length = archive.clone();
      GzipMember.putHeader(length, lie);
      assertThat(unpacks(length)).as("length %d", lie).isFalse();
      byte[] size = archive.clone();
      GzipMember.littleEndian(size).putInt(size.length - 4, lie);
      assertThat(unpacks(size)).as("size %d", lie).isFalse();
    }
  }

  @Test
  void aWideZstdWindowIsRefusedBeforeItCostsMemory() throws IOException {
    byte[] wide = ours(Compression.ZSTD);
    // The window descriptor follows the magic number and the frame header descriptor.
    wide[5] = (byte) ((30 - 10) << 3);
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> new ArchiveReader(1).list(written(wide)))
        .withMessageContaining("too much memory");
  }

  /** True when it unpacked to the original, false when it was refused as damage. */
  private boolean unpacks(byte[] archive) {
    try {
      Path out = Files.createTempDirectory(scratch, "out");
      try {
        Samples.assertUnpacks(FILES, written(archive), out, 2);
        return true;
      } catch (BackupException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.ARCHIVE_DAMAGED);
        return false;
      } finally {
        DurableFiles.deleteTree(out);
      }
    } catch (IOException e) {
      return fail("neither damage nor the original", e);
    }
  }

  private Path written(byte[] archive) throws IOException {
    return Files.write(scratch.resolve("archive"), archive);
  }
}
