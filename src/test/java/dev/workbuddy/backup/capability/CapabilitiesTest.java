package dev.workbuddy.backup.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.schema.ParameterSchema;
import dev.workbuddy.backup.capability.schema.ResultSchema;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.GoldenFile;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every operation is described well enough for somebody who reads nothing else. */
class CapabilitiesTest {
  private static final Capabilities ALL = Workspaces.anywhere();

  static Stream<Capability<?, ?>> all() {
    return ALL.all().stream();
  }

  @Test
  void all_namesEveryComponentOnce() {
    assertThat(ALL.all().stream().map(Capability::name))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ALL.results().keySet())
        .hasSize(Capabilities.class.getRecordComponents().length);
  }

  @Test
  void promisedOnes_haveTheirNamesAndParameters() {
    Map<String, JsonNode> promised = new TreeMap<>();
    ALL.all().forEach(each -> promised.put(each.name(), ParameterSchema.of(each.parameters())));
    assertThat(promised).containsKeys("data_backup", "data_backup_list", "data_restore");
    JsonNode restore = Objects.requireNonNull(promised.get("data_restore"));
    assertThat(Json.line(restore.get("required"))).isEqualTo("[\"snapshot_id\"]");
    assertThat(restore.at("/properties/force/default").booleanValue()).isFalse();
    assertThat(
            Objects.requireNonNull(promised.get("data_backup"))
                .at("/properties/manual/default")
                .booleanValue())
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("all")
  void capability_hasATitleAndDescribesEachParameter(Capability<?, ?> capability) {
    assertThat(capability.name()).matches("[a-z]+(_[a-z]+)+");
    assertThat(capability.title()).isNotEqualTo(capability.name());
    assertThat(capability.description()).endsWith(".");
    for (var parameter :
        ParameterSchema.of(capability.parameters()).get("properties").properties()) {
      assertThat(parameter.getValue().get("description").stringValue())
          .as(capability.name() + "." + parameter.getKey())
          .endsWith(".");
    }
  }

  /** One that only uses other places need not be: such calls are a person's, on a terminal. */
  @ParameterizedTest
  @MethodSource("all")
  void capability_thatIsGuarded_isRehearsed(Capability<?, ?> capability) {
    if (capability.effect() != Effect.POINTS) {
      assertThat(capability.rehearsal() != null).isEqualTo(capability.effect().isGuarded());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void capability_isAsPromised(Capability<?, ?> capability) throws Exception {
    ObjectNode promise = JsonNodeFactory.instance.objectNode();
    promise.put("name", capability.name()).put("title", capability.title());
    promise.put("description", capability.description());
    promise.put("effect", capability.effect().name());
    promise.put("idempotent", capability.isIdempotent());
    promise.put("reaches_out", capability.reachesOut());
    promise.set("parameters", ParameterSchema.of(capability.parameters()));
    promise.set(
        "result",
        ResultSchema.ofDocument(Objects.requireNonNull(ALL.results().get(capability.name()))));
    GoldenFile.check("capability/" + capability.name() + ".json", Json.text(promise));
  }
}
