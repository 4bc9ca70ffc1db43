package dev.workbuddy.backup.snapshot.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What others write we read, and what we write they read. */
class RealToolsTest {
  private static final String PYTHON_READS =
      "import sys,tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])";
  private static final String PYTHON_WRITES =
      """
      import sys,tarfile
      form=getattr(tarfile,sys.argv[2])
      t=tarfile.open(sys.argv[1],'w:gz',format=form,compresslevel=1)
      for name in sys.argv[3:]: t.add(name)
      t.close()
      """;

  private static final long[] SEEDS = {Samples.NAME_CUT_IN_A_CHARACTER, System.nanoTime()};

  @TempDir Path scratch;

  record Reader(String tool, List<String> command, Compression compression) {
    @Override
    public String toString() {
      return tool + " " + compression;
    }
  }

  record Writer(String label, List<String> tools, List<String> command) {
    @Override
    public String toString() {
      return label;
    }
  }

  static Stream<Reader> readers() {
    return Stream.of(
        new Reader("tar", List.of("tar", "-xf", "TAR", "-C", "OUT"), Compression.GZIP),
        new Reader("tar", List.of("tar", "-xf", "TAR", "-C", "OUT"), Compression.ZSTD),
        new Reader("bsdtar", List.of("bsdtar", "-xf", "TAR", "-C", "OUT"), Compression.GZIP),
        new Reader("bsdtar", List.of("bsdtar", "-xf", "TAR", "-C", "OUT"), Compression.ZSTD),
        new Reader(
            "python3", List.of("python3", "-c", PYTHON_READS, "TAR", "OUT"), Compression.GZIP));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void theyReadOurs(Reader reader) throws IOException {
    Tools.require(reader.tool(), "zstd");
    for (long seed : SEEDS) {
      Map<String, byte[]> files = Samples.files(seed);
      Path tarball = scratch.resolve(seed + reader.compression().suffix());
      Samples.write(files, tarball, reader.compression(), 2, scratch);
      Path out = Files.createDirectory(scratch.resolve("out" + seed));
      Tools.run(scratch, filled(reader.command(), tarball, out));
      for (var file : files.entrySet()) {
        assertThat(out.resolve(file.getKey()))
            .as("seed %d", seed)
            .hasBinaryContent(file.getValue());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theirCheckersAreContent(Compression compression) throws IOException {
    String tool = compression == Compression.GZIP ? "gzip" : "zstd";
    Tools.require(tool);
    Path tarball = scratch.resolve("t" + compression.suffix());
    Samples.write(Samples.files(2), tarball, compression, 2, scratch);
    Tools.run(scratch, List.of(tool, "-t", tarball.toString()));
  }

  static Stream<Writer> writers() {
    Stream.Builder<Writer> writers = Stream.builder();
    for (String way : List.of("-z", "--zstd")) {
      for (String format : List.of("gnu", "posix")) {
        writers.add(
            new Writer(
                "tar " + way + " " + format,
                List.of("tar", "gzip", "zstd"),
                List.of("tar", way, "--format=" + format, "-cf", "TAR", "-C", "OUT", "--")));
      }
      for (String format : List.of("gnutar", "pax")) {
        writers.add(
            new Writer(
                "bsdtar " + way + " " + format,
                List.of("bsdtar"),
                List.of("bsdtar", way, "--format=" + format, "-cf", "TAR", "-C", "OUT", "--")));
      }
    }
    for (String format : List.of("PAX_FORMAT", "GNU_FORMAT")) {
      writers.add(
          new Writer(
              "python3 " + format,
              List.of("python3"),
              List.of("python3", "-c", PYTHON_WRITES, "TAR", format)));
    }
    return writers.build();
  }

  @ParameterizedTest
  @MethodSource("writers")
  void weReadTheirs(Writer writer) throws IOException {
    writer.tools().forEach(Tools::require);
    for (long seed : SEEDS) {
      Map<String, byte[]> files = Samples.files(seed);
      Path source = Files.createDirectory(scratch.resolve("source" + seed));
      Samples.lay(files, source);
      Path tarball = scratch.resolve("t" + seed);
      List<String> command = new ArrayList<>(filled(writer.command(), tarball, source));
      files.keySet().stream().map(name -> name.split("/", 2)[0]).distinct().forEach(command::add);
      Tools.run(source, command);
      Path out = Files.createDirectory(scratch.resolve("out" + seed));
      assertThatCode(() -> Samples.assertUnpacks(files, tarball, out, 2))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  private static List<String> filled(List<String> command, Path tarball, Path directory) {
    return command.stream()
        .map(
            word ->
                switch (word) {
                  case "TAR" -> tarball.toString();
                  case "OUT" -> directory.toString();
                  default -> word;
                })
        .toList();
  }
}
