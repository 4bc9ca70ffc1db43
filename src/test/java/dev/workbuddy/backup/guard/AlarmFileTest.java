package dev.workbuddy.backup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An alarm outlives the file that it was written to, whatever becomes of that. */
class AlarmFileTest {
  @TempDir private Path directory;
  private Past past;

  @BeforeEach
  void begin() throws IOException {
    past = new Past(directory.resolve("backups"));
  }

  @Test
  void judge_alarmFileWasLost_theNewestManifestStillKnowsIt() throws Exception {
    past.take("notes=1000");
    Alarm raised = past.take("notes=200").open().getFirst();
    Files.delete(past.directory().resolve("alarms.json"));

    assertThat(past.take("notes=200").open()).extracting(Alarm::id).containsExactly(raised.id());
    past.acknowledge(false);
    assertThat(past.take("notes=200").open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\u0000\u0000\u0000",
        "{\"format_version\": 2}",
        "{\"alarms\": []}",
        "{\"format_version\": 1, \"alarms\": [null]}",
        "{\"format_version\": 1, \"alarms\": [{}]}",
        "{\"format_version\": 1, \"restarts\": {\"tasks\": {}}}",
        "{\"format_version\": 1, \"restarts\": {\"tasks\": null}}",
        "{\"format_version\": 1, \"alarms\": 7}",
      })
  void open_fileCannotBeRead_isAnAlarmUntilAPersonSettlesIt(String content) throws Exception {
    past.take("notes=1000");
    past.damageAlarms(content);
    assertThat(past.open()).containsExactly("alarms-unreadable ");
    assertThat(Alarms.open(past.directory()).getFirst().detail())
        .contains("alarms.json cannot be read");

    past.take("notes=1000");
    past.take("notes=1");

    assertThat(past.open()).containsExactly("alarms-unreadable ", "table-shrunk tasks.notes");
    assertThat(past.directory().resolve("alarms.json.unreadable")).hasContent(content);
    past.acknowledge(false);
    assertThat(past.open()).isEmpty();
  }

  @Test
  void acknowledge_fileCannotBeRead_putsItAside() throws Exception {
    past.take("notes=1000");
    past.damageAlarms("{");

    assertThat(past.acknowledge(false).acknowledged()).hasSize(1);

    assertThat(past.open()).isEmpty();
    assertThat(past.directory().resolve("alarms.json.unreadable")).hasContent("{");
  }

  @Test
  void acknowledge_fileCannotBeRead_showsTheAlarmsThatItHadAtOnce() throws Exception {
    past.take("notes=1000");
    past.take("notes=1");
    past.damageAlarms("{");

    var result = past.acknowledge(false);

    assertThat(result.acknowledged()).extracting(Alarm::kind).containsExactly("alarms-unreadable");
    assertThat(result.open()).extracting(Alarm::kind).containsExactly("table-shrunk");
    assertThat(past.open()).containsExactly("table-shrunk tasks.notes");
    assertThat(past.acknowledge(false).acknowledged()).hasSize(1);
    assertThat(past.open()).isEmpty();
  }

  @Test
  void open_nothingThere_isNothing() {
    assertThat(Alarms.open(directory.resolve("nowhere"))).isEmpty();
  }
}
