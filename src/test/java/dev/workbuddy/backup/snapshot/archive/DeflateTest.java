package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.workbuddy.backup.testing.Seeds;
import dev.workbuddy.backup.testing.Tools;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation promises, and that each reads what the other wrote. */
class DeflateTest {
  private static final int OFFSET = 20;

  enum Kind {
    ZLIB(CompressionLevel.USUAL),
    ZLIB_IN_HASTE(CompressionLevel.HASTE),
    LIBDEFLATE(CompressionLevel.USUAL),
    LIBDEFLATE_IN_HASTE(CompressionLevel.HASTE);

    private final CompressionLevel level;

    Kind(CompressionLevel level) {
      this.level = level;
    }

    Deflate deflate() {
      if (this == ZLIB || this == ZLIB_IN_HASTE) {
        return new ZlibDeflate(level);
      }
      Optional<Libdeflate> library = Libdeflate.find(level);
      Tools.requirePermission(library.isPresent(), "this test needs the library libdeflate");
      return library.orElseThrow();
    }
  }

  static LongStream seeds() {
    return Seeds.of(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anySize_fromEither_comesBackThroughBoth(long seed) throws ZipException {
    Random random = new Random(seed);
    byte[] plain = Samples.content(random, random.nextInt(1 << 20));
    for (Kind from : Kind.values()) {
      byte[] packed = packed(from.deflate(), plain);
      for (Kind to : Kind.values()) {
        assertThat(unpacked(to.deflate(), packed, plain.length)).isEqualTo(plain);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noBytes_comeBack(Kind kind) throws ZipException {
    byte[] packed = packed(kind.deflate(), new byte[0]);
    assertThat(unpacked(kind.deflate(), packed, 0)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noise_fitsIntoTheWorstCase(Kind kind) throws ZipException {
    byte[] noise = new byte[3 << 20];
    new Random(1).nextBytes(noise);
    byte[] packed = packed(kind.deflate(), noise);
    assertThat(unpacked(kind.deflate(), packed, noise.length)).isEqualTo(noise);
  }

  @ParameterizedTest
  @EnumSource
  void anotherSizeThanExpected_isRefused(Kind kind) {
    Deflate deflate = kind.deflate();
    byte[] packed = packed(deflate, Samples.content(new Random(2), 5000));
    assertThatNoException().isThrownBy(() -> unpacked(deflate, packed, 5000));
    for (int expected : new int[] {0, 4999, 5001}) {
      assertThatExceptionOfType(ZipException.class)
          .isThrownBy(() -> unpacked(deflate, packed, expected));
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesBehindTheEnd_areRefused(Kind kind) {
    Deflate deflate = kind.deflate();
    byte[] packed = packed(deflate, Samples.content(new Random(3), 5000));
    byte[] longer = Arrays.copyOf(packed, packed.length + 1);
    assertThatExceptionOfType(ZipException.class).isThrownBy(() -> unpacked(deflate, longer, 5000));
  }

  @ParameterizedTest
  @EnumSource
  void cutShort_isRefused(Kind kind) {
    Deflate deflate = kind.deflate();
    byte[] packed = packed(deflate, Samples.content(new Random(4), 5000));
    byte[] shorter = Arrays.copyOf(packed, packed.length - 1);
    assertThatExceptionOfType(ZipException.class)
        .isThrownBy(() -> unpacked(deflate, shorter, 5000));
  }

  @Test
  void ofSystem_prefersLibdeflate() {
    Kind.LIBDEFLATE.deflate();
    assertThat(Deflate.ofSystem()).isInstanceOf(Libdeflate.class);
  }

  private static byte[] packed(Deflate deflate, byte[] plain) {
    byte[] to = new byte[OFFSET + Deflate.worstCase(plain.length)];
    int length = deflate.deflate(plain, plain.length, to, OFFSET);
    return Arrays.copyOfRange(to, OFFSET, OFFSET + length);
  }

  private static byte[] unpacked(Deflate deflate, byte[] packed, int expected) throws ZipException {
    byte[] from = new byte[OFFSET + packed.length];
    System.arraycopy(packed, 0, from, OFFSET, packed.length);
    byte[] to = new byte[expected + 1];
    deflate.inflate(from, OFFSET, packed.length, to, expected);
    return Arrays.copyOf(to, expected);
  }
}
