package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.remote.github.ReleaseNotes.Expected;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Facts;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.testing.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseNotesTest {
  private static final SnapshotId ID = SnapshotId.parse("snap-2026-11-22T10-00-00Z").orElseThrow();
  private static final Instant PUSHED = Instant.parse("2026-11-22T10:05:00Z");
  private static final List<String> WORDS =
      List.of(
          "-->",
          "<!-- wb-backup: {",
          "}",
          "\n",
          "\r\n",
          "|",
          "\\",
          "$1",
          "\"",
          "--",
          "ü",
          "🗂",
          "a");

  static LongStream seeds() {
    return Seeds.of(50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void read_whatWasWritten_whateverPeopleCallThings(long seed) {
    Random random = new Random(seed);
    Facts facts = facts(words(random));
    String body = new ReleaseNotes(facts, null).text(ID);
    assertThat(ReleaseNotes.read(body)).contains(facts);

    Hold hold = new Hold(words(random), words(random), PUSHED);
    String held = ReleaseNotes.withHold(body, facts, hold);
    assertThat(ReleaseNotes.read(held)).contains(facts.withHold(hold));

    Hold other = new Hold(words(random), words(random), PUSHED);
    String heldAnew = ReleaseNotes.withHold(held, facts.withHold(hold), other);
    assertThat(ReleaseNotes.read(heldAnew)).contains(facts.withHold(other));
    assertThat(heldAnew).containsOnlyOnce("**Held** by");

    assertThat(ReleaseNotes.withHold(heldAnew, facts.withHold(other), null)).isEqualTo(body);
  }

  private static Facts facts(String host) {
    List<Expected> files = List.of(new Expected("MANIFEST.json", 7, "ab".repeat(32)));
    return new Facts(1, "this-machine", host, "0123abcd", PUSHED, true, files, null);
  }

  private static String words(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "automatic backup",
        "<!-- wb-backup: {} -->",
        "<!-- wb-backup: {\"format\": 2, \"namespace\": \"a\"} -->",
        "<!-- wb-backup: {\"format\": 1} -->",
        "<!-- wb-backup: {\"format\": 1, \"namespace\": \"a\", \"files\": [null]} -->",
        "<!-- wb-backup: {not json} -->"
      })
  void read_bodiesOfOthers_areNotOurs(String body) {
    assertThat(ReleaseNotes.read(body)).isEmpty();
  }

  @Test
  void read_bodyWhoseLinesEndAsOnWindows_isUnderstood() {
    Facts facts = facts("host");
    String body = new ReleaseNotes(facts, null).text(ID).replace("\n", "\r\n");
    assertThat(ReleaseNotes.read(body)).contains(facts);
  }
}
