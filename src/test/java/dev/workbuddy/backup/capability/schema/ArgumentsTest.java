package dev.workbuddy.backup.capability.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  /** One parameter of each kind. */
  record Sample(
      @Described("Which one.") String snapshotId,
      @Described("Past guards.") boolean force,
      @Described("Wanted.") @ByDefault("true") boolean push,
      @Described("How many.") @ByDefault("20") int limit,
      @Described("Which ones.") Set<String> only,
      @Described("In which order.") List<Colour> colours,
      @Described("Where to.") @Nullable Path to,
      @Described("Its label.") @Nullable String label) {}

  enum Colour {
    RED,
    GREEN
  }

  private static Sample read(String json) {
    return Arguments.read("sample", Sample.class, Json.parse(json.getBytes(UTF_8)));
  }

  @Test
  void read_onlyWhatIsRequired_takesDefaults() {
    assertThat(read("{\"snapshot_id\": \"latest\", \"label\": null}"))
        .isEqualTo(new Sample("latest", false, true, 20, Set.of(), List.of(), null, null));
  }

  @Test
  void read_everything_takesWhatIsGiven() {
    String json =
        """
        {"snapshot_id": "a", "force": true, "push": false, "limit": 3, "only": ["x", "y"],
         "colours": ["GREEN", "RED"], "to": "/tmp/x", "label": "größe"}\
        """;
    assertThat(read(json))
        .isEqualTo(
            new Sample(
                "a",
                true,
                false,
                3,
                Set.of("x", "y"),
                List.of(Colour.GREEN, Colour.RED),
                Path.of("/tmp/x"),
                "größe"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | snapshot_id is missing",
        "{'snapshot_id': 1} | snapshot_id is 1, not a string",
        "{'snapshot_id': 'a', 'force': 'true'} | force is \"true\", not true or false",
        "{'snapshot_id': 'a', 'limit': 1.5} | limit is 1.5, not a whole number",
        "{'snapshot_id': 'a', 'limit': 99999999999} | limit is 99999999999, not a whole number",
        "{'snapshot_id': 'a', 'only': 'x'} | only is \"x\", not a list, each a string",
        "{'snapshot_id': 'a', 'only': [1]} | only is [1], not a list, each a string",
        "{'snapshot_id': 'a', 'colours': ['BLUE']} | not a list, each one of RED, GREEN",
        "{'snapshot_id': 'a', 'to': 'x/../y'} | to is \"x/../y\", not an absolute path",
        "{'snapshot': 'a'} | there is no parameter 'snapshot'",
        "{'snapshot_id': 'a', 'snapshotId': 'b'} | did you mean snapshot_id?",
        "[] | the arguments are not an object",
      })
  void read_whatDoesNotFit_isRefusedInWords(String json, String words) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            BackupException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(refused.text()).startsWith("sample: ").contains(words);
              assertThat(refused.hint()).contains("snapshot_id (required), force");
            });
  }

  @Test
  void read_severalProblems_namesAll() {
    assertThatThrownBy(() -> read("{\"forse\": true, \"limit\": \"many\"}"))
        .hasMessageContainingAll("did you mean force?", "snapshot_id is missing", "limit is");
  }

  @Test
  void schema_ofEveryKind_saysTypeDefaultAndRequired() {
    var schema = ParameterSchema.of(Sample.class);
    assertThat(Json.line(schema.get("required"))).isEqualTo("[\"snapshot_id\"]");
    assertThat(Json.line(schema.get("properties").get("limit")))
        .isEqualTo("{\"type\":\"integer\",\"description\":\"How many.\",\"default\":20}");
    assertThat(Json.line(schema.get("properties").get("colours")))
        .contains("\"items\":{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}");
  }

  record Aliased(
      @AlsoCalled("push_remote") @ByDefault("true") boolean push,
      @AlsoCalled(value = "from_remote", truth = "configured") @Nullable String from) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "{}|true|null",
        "{'push': false}|false|null",
        "{'push_remote': false}|false|null",
        "{'push_remote': null}|true|null",
        "{'from_remote': true}|true|configured",
        "{'from_remote': false}|true|null",
        "{'from_remote': 'github:a/b'}|true|github:a/b",
        "{'from': 'github:a/b', 'push_remote': true}|true|github:a/b",
      })
  void read_nameOfTheOriginal_isAsGoodAsOurs(String given, boolean push, @Nullable String from) {
    assertThat(
            Arguments.read(
                "x",
                Aliased.class,
                Json.parse(given.replace('\'', '"').getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(new Aliased(push, from));
  }
}
