package dev.workbuddy.backup.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** What Json reads, keeps the promises of the record, or is refused in words. */
@NullMarked
class JsonTest {
  private static final String WHOLE =
      """
      {"name": "a", "note": null, "count": 3, "at": "2026-11-22T10:00:00Z", "kind": "GOOD",
       "words": ["x"], "rows": {"t": {"u": 1}}, "inner": {"place": "here", "more": null}}
      """;

  enum Kind {
    GOOD
  }

  record Inner(String place, @Nullable String more) {
    Inner {
      if (place.isEmpty()) {
        throw new IllegalArgumentException("no place");
      }
    }
  }

  record Document(
      String name,
      @Nullable String note,
      long count,
      Instant at,
      Kind kind,
      List<String> words,
      Map<String, Map<String, Long>> rows,
      Inner inner) {
    Document {
      words = List.copyOf(words);
    }
  }

  private static Document read(String document) {
    return Json.read(document.getBytes(UTF_8), Document.class);
  }

  @Test
  void read_wholeDocument_isTheRecord() {
    Document document = read(WHOLE);
    assertThat(document.note()).isNull();
    assertThat(document.inner()).isEqualTo(new Inner("here", null));
    assertThat(document.rows()).isEqualTo(Map.of("t", Map.of("u", 1L)));
  }

  @Test
  void read_withoutWhatMayBeNullAndWithoutContainers_isTheRecordWithEmptyOnes() {
    Document document =
        read(
            """
            {"name": "a", "at": "2026-11-22T10:00:00Z", "kind": "GOOD",
             "words": null, "inner": {"place": "here"}, "unknown": {"deep": [null]}}
            """);
    assertThat(document.words()).isEmpty();
    assertThat(document.count()).isZero();
    assertThat(document.rows()).isEmpty();
    assertThat(document.note()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\": \"a\",        | | it does not say name",
        "\"at\": \"2026-11-22T10:00:00Z\", | | it does not say at",
        "\"kind\": \"GOOD\",     | | it does not say kind",
        "\"place\": \"here\",    | | it does not say inner.place",
        "\"a\"                   | null | it does not say name",
        "\"x\"                   | null | it does not say words.*",
        "{\"u\": 1}              | null | it does not say rows.t",
        "{\"u\": 1}              | {\"u\": null} | it does not say rows.t.u",
        "{\"place\": \"here\", \"more\": null} | null | it does not say inner",
        "\"GOOD\"                | 0 | a value in it is none that belongs there",
        "\"GOOD\"                | \"\" | a value in it is none that belongs there",
        "\"here\"                | \"\" | a value in it is none that belongs there",
        "2026-11-22              | +999999999-12-31 | a value in it is none that belongs there",
        "2026-11-22              | -999999999-01-01 | a value in it is none that belongs there",
        "2026-11-22              | 1969-12-31 | a value in it is none that belongs there",
        "\"2026-11-22T10:00:00Z\" | 1e999999999 | a value in it is none that belongs there",
        "\"2026-11-22T10:00:00Z\" | \"\" | a value in it is none that belongs there",
        "\"count\": 3            | \"count\": 99999999999999999999 | it is not JSON",
        "\"count\": 3            | \"count\": 1.5 | a value in it is none that belongs there",
        "\"count\": 3            | \"count\": null | a value in it is none that belongs there",
        "\"count\": 3            | \"count\": 3, \"count\": 4 | a key in it is there twice",
        "[\"x\"]                 | \"x\" | a value in it is none that belongs there",
        "[\"x\"]                 | {} | a value in it is none that belongs there",
      })
  void read_oneThingWrong_isRefusedInWords(String part, @Nullable String instead, String words) {
    String document = WHOLE.replace(part, instead == null ? "" : instead);
    assertThat(document).isNotEqualTo(WHOLE);
    assertThatThrownBy(() -> read(document))
        .isInstanceOfSatisfying(
            JacksonException.class, e -> assertThat(Json.words(e)).startsWith(words));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "7", "\"x\"", "", " ", "{", "{}", "{} {}"})
  void read_noSuchDocument_isRefused(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e -> assertThat(Json.words(e)).doesNotContain("Exception", "java", "jackson"));
  }

  @Test
  void read_tooDeepOrTooLong_isRefusedBeforeItIsBuilt() {
    String deep = "{\"unknown\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    String tooLong = "{\"name\": \"" + "x".repeat(5 << 20) + "\"}";
    for (String document : List.of(deep, tooLong)) {
      assertThatThrownBy(() -> read(document))
          .isInstanceOfSatisfying(
              JacksonException.class,
              e -> assertThat(Json.words(e)).startsWith("something in it is too long or too deep"));
      assertThatThrownBy(() -> Json.parse(document.getBytes(UTF_8)))
          .isInstanceOf(JacksonException.class);
    }
  }
}
