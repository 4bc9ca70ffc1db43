package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnusableFileTest {
  @TempDir private Path dir;
  private ConfigFixture config;

  @BeforeEach
  void makeFixture() {
    config = new ConfigFixture(dir);
  }

  static Stream<Arguments> unusable() {
    return Map.<String, String>ofEntries(
            Map.entry("a: [1, 2\nb: 3\n", "2: not valid YAML: expected ',' or ']', but got :"),
            Map.entry("a: b: c", "1: not valid YAML: mapping values are not allowed here"),
            Map.entry("a: *b", "1: not valid YAML: found undefined alias b"),
            Map.entry("a: 1\n---\nb: 1", "2: not valid YAML: but found another document"),
            Map.entry("a: 1\nb: \u0007", "2: the character U+0007 is not allowed"),
            Map.entry("%YAML 9.9\n---\na: 1", "1: not a known version of YAML"),
            Map.entry("- a", "1: must hold keys with values (key: value), not a list"),
            Map.entry(
                "\njust words", "2: must hold keys with values (key: value), not \"just words\""),
            Map.entry(
                "backups:\n  ? [a]\n  : b",
                "2: a key must be a plain word, not a list or a section"),
            Map.entry("backups: !secret b", "1: the tag !secret is not supported"),
            Map.entry("backups: !!set {b}", "1: the tag tag:yaml.org,2002:set is not supported"),
            Map.entry("backups: &x [*x]", "1: nested deeper than 50 levels"),
            Map.entry("\na: " + "[".repeat(20_000), "2: nested deeper than 400 levels"),
            Map.entry(
                "backups: [" + "1,".repeat(150_000) + "]", "1: holds more than 100000 values"))
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(quoteTextArguments = false, name = "{1}")
  @MethodSource("unusable")
  void load_unusableYaml_isExplainedWithItsLine(String yaml, String problem) {
    assertThat(config.shared(yaml).problems()).containsExactly("config.yaml:" + problem);
  }

  @Test
  void load_tab_isExplained() {
    assertThat(config.shared("backups:\n\tcompression: gzip\n").problems())
        .singleElement()
        .asString()
        .startsWith("config.yaml:2: not valid YAML: found character '\\t(TAB)'");
  }

  @Test
  void load_aliasBomb_endsWithAMessage() {
    StringBuilder bomb = new StringBuilder("backups:\n  a0: &a0 [x, x, x]\n");
    for (int i = 1; i <= 16; i++) {
      bomb.append("  a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }

    assertThat(config.shared(bomb.toString()).problems())
        .singleElement()
        .asString()
        .contains("holds more than 100000 values");
  }

  @Test
  void load_moreAliasesThanAllowed_endsWithAMessage() {
    String yaml = "a: &a [x]\nb: [" + "*a, ".repeat(60) + "]\n";

    assertThat(config.shared(yaml).problems())
        .singleElement()
        .asString()
        .startsWith("config.yaml: not usable YAML: Number of aliases");
  }

  @Test
  void load_bothFilesBroken_reportsBoth() {
    config.shared("a: [").local("{");

    assertThat(config.problems()).hasSize(2);
  }

  @Test
  void load_latin1_isExplainedWithItsLine() throws IOException {
    Files.write(
        dir.resolve("config.yaml"), "# fine\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(config.problems()).containsExactly("config.yaml:2: is not UTF-8 text");
  }

  @Test
  void load_truncatedCharacterAtTheEnd_isExplained() throws IOException {
    Files.write(dir.resolve("config.yaml"), new byte[] {'#', (byte) 0xC3});

    assertThat(config.problems()).containsExactly("config.yaml:1: is not UTF-8 text");
  }

  @Test
  void load_hugeFile_isRefused() {
    assertThat(config.shared("# " + "x".repeat(1 << 20)).problems())
        .containsExactly("config.yaml: is larger than 1.0 MB");
  }

  @Test
  void load_directoryInPlaceOfTheFile_isExplained() throws IOException {
    Files.createDirectory(dir.resolve("config.yaml"));

    assertThat(config.problems()).containsExactly("config.yaml: is a directory, not a file");
  }

  @Test
  void load_danglingLink_isNotTakenForAMissingFile() throws IOException {
    Files.createSymbolicLink(dir.resolve("config.local.yaml"), dir.resolve("gone"));
    config.shared("");

    assertThat(config.problems())
        .containsExactly("config.local.yaml: is a link to something that is not there");
  }

  @Test
  void load_documentMarkerOnly_isEmpty() {
    assertThat(config.shared("---\n").load().warnings()).isEmpty();
  }
}
