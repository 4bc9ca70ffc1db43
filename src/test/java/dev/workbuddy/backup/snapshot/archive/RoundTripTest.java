package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.Compression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  @TempDir Path scratch;

  static Stream<Arguments> seedsAndWays() {
    return Samples.seeds()
        .boxed()
        .flatMap(
            seed ->
                Stream.of(Compression.values())
                    .map(way -> Arguments.of(seed, way, 1 + new Random(seed).nextInt(4))));
  }

  @ParameterizedTest(name = "seed {0}, {1}, {2} threads")
  @MethodSource("seedsAndWays")
  void whatWasArchivedComesBack(long seed, Compression compression, int threads)
      throws IOException {
    Map<String, byte[]> files = Samples.files(seed);
    Path tarball = scratch.resolve("t");
    ArchiveDigest digest = Samples.write(files, tarball, compression, threads, scratch);
    byte[] written = Files.readAllBytes(tarball);
    assertThat(digest).isEqualTo(new ArchiveDigest(written.length, Samples.sha256(written)));
    Samples.assertUnpacks(files, tarball, Files.createDirectory(scratch.resolve("out")), threads);
    assertThat(new ArchiveReader(threads).list(tarball))
        .extracting(ArchiveEntryInfo::name)
        .containsExactlyElementsOf(files.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfThreadsDoesNotShow(Compression compression) throws IOException {
    byte[] content = Samples.content(new Random(3), 20 << 20);
    Map<String, byte[]> files = Map.of("big.db", content);
    Path one = scratch.resolve("one");
    Path three = scratch.resolve("three");
    Samples.write(files, one, compression, 1, scratch);
    Samples.write(files, three, compression, 3, scratch);
    assertThat(one).hasSameBinaryContentAs(three);
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheWantedFilesAreWritten(Compression compression) throws IOException {
    Path tarball = scratch.resolve("t");
    try (ArchiveWriter writer = ArchiveWriter.create(tarball, compression, 2)) {
      for (String name : List.of("MANIFEST.json", "a.db", "sub/b.db")) {
        writer.addBytes(name, name.getBytes(StandardCharsets.UTF_8), 0600, Samples.MODIFIED);
      }
      writer.finish();
    }
    Path out = Files.createDirectory(scratch.resolve("out"));
    List<UnpackedFile> heard = new ArrayList<>();
    var expected = Map.of("a.db", OptionalLong.empty(), "sub/b.db", OptionalLong.of(8));
    ArchiveReader reader = new ArchiveReader(2);
    reader.unpack(
        new UnpackRequest(
            tarball, out, expected, Set.of("sub/b.db"), Set.of("MANIFEST.json"), 1000),
        heard::add);
    assertThat(heard)
        .containsExactly(
            new UnpackedFile(
                "sub/b.db",
                out.resolve("sub/b.db"),
                8,
                Samples.sha256("sub/b.db".getBytes(StandardCharsets.UTF_8)),
                0600));
    assertThat(out.resolve("a.db")).doesNotExist();
    assertThat(reader.readEntry(tarball, "a.db", 4)).asString().isEqualTo("a.db");
  }
}
