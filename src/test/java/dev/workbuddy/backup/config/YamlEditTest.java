package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A user's own file after the program has set a value in it. */
class YamlEditTest {
  private static final ConfigChange REPO =
      ConfigChange.text("me/data", "backups", "github", "repo");

  @TempDir private Path directory;

  static LongStream seeds() {
    return Seeds.of(300);
  }

  private static String set(String text) {
    return YamlEdit.apply("config.local.yaml", text, REPO).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '→',
      value = {
        "''→backups:¶  github:¶    repo: me/data¶",
        "# mine→# mine¶backups:¶  github:¶    repo: me/data¶",
        "a: 1 # one→a: 1 # one¶backups:¶  github:¶    repo: me/data¶",
        "backups:→backups:¶  github:¶    repo: me/data¶",
        "backups: # all¶# end¶→backups: # all¶  github:¶    repo: me/data¶# end¶",
        "backups: ~¶→backups: { github: { repo: me/data } }¶",
        "backups: {}¶→backups: { github: { repo: me/data } }¶",
        "backups: { a: 1 } # x¶→backups: { a: 1, github: { repo: me/data } } # x¶",
        "backups: { a: { b: c } }¶→backups: { a: { b: c }, github: { repo: me/data } }¶",
        "backups:¶    a: 1¶    # last¶z: 2¶→backups:¶    a: 1¶    github:¶      repo: me/data¶    #"
            + " last¶z: 2¶",
        "backups:¶  github: { repo: old/one } # why¶→backups:¶  github: { repo: me/data } # why¶",
        "backups:¶  github:¶    repo: \"old/one\" # why¶→backups:¶  github:¶    repo: me/data #"
            + " why¶",
        "backups:¶  github:¶    repo:¶→backups:¶  github:¶    repo: me/data¶",
        "backups:¶  github:¶    repo: >-¶      old¶z: 1¶→backups:¶  github:¶    repo: me/data¶z:"
            + " 1¶",
        "---¶a: 1¶...¶→---¶a: 1¶backups:¶  github:¶    repo: me/data¶...¶",
        "a: |-¶  text¶→a: |-¶  text¶backups:¶  github:¶    repo: me/data¶",
      })
  void set_anyWayOfWriting_changesTheValueAlone(String before, String after) {
    assertThat(set(lines(before))).isEqualTo(lines(after));
    assertThat(set(lines(after))).isEqualTo(lines(after));
  }

  private static String lines(String text) {
    return text.replace('¶', '\n');
  }

  @Test
  void set_linesOfWindows_newOnesEndAlike() {
    assertThat(set("# mine\r\nbackups:\r\n  a: 1\r\n"))
        .isEqualTo("# mine\r\nbackups:\r\n  a: 1\r\n  github:\r\n    repo: me/data\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backups: [a, b]\n",
        "backups: text\n",
        "x: &all { a: 1 }\nbackups: *all\n",
        "x: &all\n  a: 1\nbackups:\n  github: *all\n"
      })
  void set_whereNoPlaceIs_isRefused(String text) {
    assertThat(YamlEdit.apply("config.local.yaml", text, REPO)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void set_anyDocument_everyOtherLineStaysAndTheValueIsThere(long seed) {
    RandomYaml random = new RandomYaml(new Random(seed));
    String before = random.document();
    String after = set(before);

    assertThat(new Load(LoadSettings.builder().build()).loadFromString(after))
        .as("%s%n-----%n%s", before, after)
        .isEqualTo(random.expected(List.of("backups", "github", "repo"), "me/data"));
    assertThat(changedLines(before, after)).as("%s%n-----%n%s", before, after).isLessThan(2);
  }

  /** How many of the lines before are not there afterwards, at the same distance from an end. */
  private static int changedLines(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int head = 0;
    while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (head + tail < old.size()
        && head + tail < now.size()
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    return old.size() - head - tail;
  }

  @Test
  void write_fileWithPermissionsBehindALink_keepsBoth() throws Exception {
    Path real = Files.writeString(directory.resolve("dotfile"), "# mine\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(directory.resolve("config.local.yaml"), real);

    new LocalConfig(directory).prepare(List.of(REPO)).write();

    assertThat(link).isSymbolicLink();
    assertThat(real).content().startsWith("# mine\nbackups:");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("dotfile", link.toFile().getName());
  }

  @Test
  void prepare_fileBrokenByHand_isRefusedWithItsLineAndLeft() throws Exception {
    Path file = Files.writeString(directory.resolve("config.local.yaml"), "a: 1\nb: [\n");

    assertThatThrownBy(() -> new LocalConfig(directory).prepare(List.of(REPO)))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("config.local.yaml:");
    assertThat(file).content().isEqualTo("a: 1\nb: [\n");
  }

  @Test
  void write_editedMeanwhile_isRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("config.local.yaml"), "a: 1\n");
    LocalConfig.Prepared prepared = new LocalConfig(directory).prepare(List.of(REPO));
    Files.writeString(file, "a: 2\n");

    assertThatThrownBy(prepared::write).hasMessageContaining("meanwhile");
    assertThat(file).content().isEqualTo("a: 2\n");
  }

  @Test
  void prepare_noFile_makesOne() throws Exception {
    new LocalConfig(directory).prepare(List.of(REPO)).write();

    assertThat(directory.resolve("config.local.yaml"))
        .content()
        .isEqualTo("backups:\n  github:\n    repo: me/data\n");
  }
}
