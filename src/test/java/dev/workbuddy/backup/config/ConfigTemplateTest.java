package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTemplateTest {
  private static final List<String> ODD =
      List.of(
          "a", "B", "7", "0", ".", "-", "_", " ", "#", ": ", "'", "\"", "{", "}", "[", ",", "&",
          "*", "!", "|", ">", "%", "@", "`", "~", "?", "yes", "null", "0x1", "1e3", ".db");

  @TempDir private Path dir;

  static LongStream seeds() {
    return LongStream.concat(LongStream.range(0, 150), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void render_oddNames_loadBackAsTheyWere(long seed) throws IOException {
    Random random = new Random(seed);
    List<FoundDatabase> found =
        Stream.generate(() -> name(random) + "/" + name(random))
            .limit(1 + random.nextInt(6))
            .distinct()
            .sorted()
            .map(path -> new FoundDatabase("live/" + path, 1))
            .toList();
    Path root = dir.resolve(name(random)).resolve("~" + name(random));

    assertLoadsBack(DatabaseLayout.of(root, new FoundFiles(found, List.of())));
  }

  @Test
  void of_nameOfNothingButSpace_isLeftOutWithAReason() {
    DatabaseLayout layout =
        DatabaseLayout.of(
            dir,
            new FoundFiles(
                List.of(new FoundDatabase("live/ ", 1), new FoundDatabase("live/a.db", 1)),
                List.of()));

    assertThat(layout.databases()).extracting(VitalDatabase::path).containsExactly("a.db");
    assertThat(layout.leftOut()).singleElement().returns("must not be blank", ExcludedFile::reason);
  }

  @Test
  void render_homeLikeDirectory_loadsBack() throws IOException {
    assertLoadsBack(
        DatabaseLayout.of(
            dir.resolve("~"),
            new FoundFiles(List.of(new FoundDatabase("live/a.db", 1)), List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain/path.db",
        "with space.db",
        "a: b",
        "a #b",
        "#x",
        "007",
        "1e3",
        "yes",
        "NULL",
        "~",
        "-",
        "- a",
        "a,b",
        "{}",
        "'",
        "\"",
        "\\",
        " lead",
        "trail ",
        "\ttab",
        "line\nbreak",
        "\0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "snow \u2603",
        "\uD83D\uDE00",
        ".inf",
        "0x1f",
        "<<",
        "a:",
      })
  void scalar_anyText_readsBackAsTheSameText(String text) {
    Problems problems = new Problems(dir, List.of());
    String yaml = "{ " + YamlText.scalar(text) + ": [ " + YamlText.scalar(text) + " ] }";

    assertThat(new YamlReader("x", problems).read(yaml).orElseThrow().entries())
        .hasEntrySatisfying(
            text,
            value ->
                assertThat(value)
                    .isEqualTo(
                        new YamlNode.Sequence(
                            value.at(),
                            List.of(new YamlNode.Scalar(value.at(), YamlNode.Kind.TEXT, text)))));
  }

  private void assertLoadsBack(DatabaseLayout layout) throws IOException {
    Files.writeString(dir.resolve("config.yaml"), ConfigTemplate.render(dir, layout, false));

    LoadedConfig loaded = new ConfigLoader(Map.of(), dir).load(null);

    assertThat(loaded.settings().dataRoot()).isEqualTo(layout.dataRoot());
    assertThat(loaded.settings().dbDir()).isEqualTo(layout.dataRoot().resolve(layout.dbDir()));
    assertThat(loaded.settings().databases()).isEqualTo(layout.databases());
    assertThat(loaded.warnings()).isEmpty();
  }

  private static String name(Random random) {
    String name =
        IntStream.rangeClosed(0, random.nextInt(6))
            .mapToObj(_ -> ODD.get(random.nextInt(ODD.size())))
            .collect(Collectors.joining());
    return name.matches("\\.+") ? name + "x" : name;
  }
}
