package dev.workbuddy.backup.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.testing.Hostile;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All text of the page goes through one function, and that shows what is hidden in it. */
class PageTextTest {
  private static final Path PAGE = Path.of("src/main/resources/page").toAbsolutePath();

  /** What puts text into the page without {@code dom.js}, or reads it as markup. */
  private static final Pattern PAST_DOM =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacent|createTextNode|createElement|document\\.write"
              + "|setAttribute|document\\.title|innerText|\\.textContent = (?!text;)");

  @Test
  void visible_hiddenCharacters_areShownAsTheirNumbers() throws Exception {
    Tools.require("node");
    String script =
        "import {visible} from '%s'; console.log(JSON.stringify(%s.map(visible)));"
            .formatted(PAGE.resolve("dom.js").toUri(), Json.line(Hostile.CHARACTERS));
    Subprocess.Result result =
        Subprocess.run(
            List.of("node", "--input-type=module", "-e", script),
            PAGE,
            Map.of(),
            Duration.ofMinutes(1));
    assertThat(result.stderr()).isEmpty();
    var shown = Json.parse(result.stdout().getBytes(UTF_8));
    assertThat(shown).hasSize(Hostile.CHARACTERS.size());
    for (int i = 0; i < shown.size(); i++) {
      int number = Hostile.CHARACTERS.get(i).codePointAt(0);
      assertThat(shown.get(i).stringValue()).isEqualTo("\\u{" + Integer.toHexString(number) + "}");
    }
  }

  @Test
  void scripts_allButTheOneThatBuildsElements_writeNoTextThemselves() throws IOException {
    try (Stream<Path> files = Files.list(PAGE)) {
      List<Path> scripts =
          files
              .filter(file -> file.toString().endsWith(".js"))
              .filter(file -> !file.endsWith("dom.js"))
              .toList();
      assertThat(scripts).hasSizeGreaterThan(5);
      for (Path script : scripts) {
        assertThat(Files.readString(script)).as(script.toString()).doesNotContainPattern(PAST_DOM);
      }
    }
  }
}
