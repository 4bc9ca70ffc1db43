package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/** Files to archive, made from a seed, and the ways to archive and unpack them in a test. */
@NullMarked
final class Samples {
  static final Instant MODIFIED = Instant.parse("2026-11-22T10:11:12Z");

  private static final int MIB = 1 << 20;
  private static final int[] SIZES = {
    0, 1, 511, 512, 513, 10_240, MIB - 1, MIB, MIB + 1, MIB - 512, 3 * MIB + 17
  };
  private static final List<String> WORDS =
      List.of("tasks", "projects.db", "a b", "größe", "数据", "🗂", "x'y\"z", "$HOME", "ünï.db-wal");

  /** GNU tar cuts one of these names off in the middle of a character. */
  static final long NAME_CUT_IN_A_CHARACTER = 2051455051871L;

  private Samples() {}

  /** Seeds that always run, and one that nobody has tried before; it is part of the test's name. */
  static LongStream seeds() {
    return LongStream.concat(
        LongStream.of(1, 2, 3, 4, NAME_CUT_IN_A_CHARACTER), LongStream.of(System.nanoTime()));
  }

  static Map<String, byte[]> files(long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> files = new LinkedHashMap<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      files.put(name(random, i), content(random, SIZES[random.nextInt(SIZES.length)]));
    }
    return files;
  }

  private static String name(Random random, int index) {
    StringBuilder name = new StringBuilder("f" + index);
    int parts = random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      name.append('/').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    int long1 = random.nextInt(3) * 60;
    if (long1 > 0) {
      name.append('/').append("n".repeat(long1)).append("/é".repeat(long1));
    }
    return name.toString();
  }

  /** Some of it compresses well, some not at all. */
  static byte[] content(Random random, int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    for (int i = 0; i < size; i++) {
      if ((i & 1024) == 0) {
        content[i] = (byte) ('a' + (content[i] & 3));
      }
    }
    return content;
  }

  /** Writes the files below a directory; their paths there are their names. */
  static void lay(Map<String, byte[]> files, Path directory) throws IOException {
    for (var file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.write(path, file.getValue());
    }
  }

  static ArchiveDigest write(
      Map<String, byte[]> files, Path tarball, Compression compression, int threads, Path scratch)
      throws IOException {
    try (ArchiveWriter writer = ArchiveWriter.create(tarball, compression, threads)) {
      Path source = scratch.resolve("source");
      for (var file : files.entrySet()) {
        Files.write(source, file.getValue());
        writer.addFile(file.getKey(), source, 0640, MODIFIED);
      }
      return writer.finish();
    }
  }

  static UnpackRequest everything(Map<String, byte[]> files, Path tarball, Path directory) {
    Map<String, OptionalLong> expected = new TreeMap<>();
    files.forEach((name, content) -> expected.put(name, OptionalLong.of(content.length)));
    return new UnpackRequest(
        tarball, directory, expected, files.keySet(), Set.of("MANIFEST.json"), 0);
  }

  /** Unpacks and compares every byte; the exceptions of {@link ArchiveReader#unpack} pass. */
  static void assertUnpacks(Map<String, byte[]> files, Path tarball, Path directory, int threads)
      throws IOException {
    List<UnpackedFile> heard = new ArrayList<>();
    new ArchiveReader(threads).unpack(everything(files, tarball, directory), heard::add);
    assertThat(heard).extracting(UnpackedFile::name).containsOnlyOnceElementsOf(files.keySet());
    assertThat(heard).hasSameSizeAs(files.keySet());
    for (UnpackedFile file : heard) {
      byte[] original = Objects.requireNonNull(files.get(file.name()));
      assertThat(Files.readAllBytes(file.path())).as(file.name()).isEqualTo(original);
      assertThat(file.bytes()).isEqualTo(original.length);
      assertThat(file.sha256()).isEqualTo(sha256(original));
    }
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(Sha256.digest().digest(content));
  }
}
