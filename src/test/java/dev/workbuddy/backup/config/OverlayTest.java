package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.YamlNode.Kind;
import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import dev.workbuddy.backup.config.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OverlayTest {
  private static final Position AT = new Position("config.yaml", 1);

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void overlay_anything_keepsTheLawsOfMerging(long seed) {
    Random random = new Random(seed);
    Mapping a = mapping(random, 3);
    Mapping b = mapping(random, 3);
    Mapping empty = Mapping.empty(AT);

    assertThat(Overlay.overlay(a, a)).isEqualTo(a);
    assertThat(Overlay.overlay(a, empty)).isEqualTo(a);
    assertThat(Overlay.overlay(empty, a)).isEqualTo(a);
    assertThat(Overlay.overlay(Overlay.overlay(a, b), b)).isEqualTo(Overlay.overlay(a, b));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void overlay_anything_takesEveryLeafFromTheUpperLayerFirst(long seed) {
    Random random = new Random(seed);
    Mapping lower = mapping(random, 3);
    Mapping upper = mapping(random, 3);
    Map<String, YamlNode> merged = leaves("", Overlay.overlay(lower, upper));

    assertThat(merged).containsAllEntriesOf(withoutNothing(leaves("", upper)));
    assertThat(merged.entrySet())
        .allMatch(
            leaf ->
                leaves("", upper).entrySet().contains(leaf)
                    || leaves("", lower).entrySet().contains(leaf));
  }

  private static Map<String, YamlNode> withoutNothing(Map<String, YamlNode> leaves) {
    Map<String, YamlNode> kept = new LinkedHashMap<>(leaves);
    kept.values().removeIf(YamlNode::isNothing);
    return kept;
  }

  private static Map<String, YamlNode> leaves(String path, Mapping mapping) {
    Map<String, YamlNode> leaves = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              if (value instanceof Mapping inner) {
                leaves.putAll(leaves(path + "/" + key, inner));
              } else {
                leaves.put(path + "/" + key, value);
              }
            });
    return leaves;
  }

  private static Mapping mapping(Random random, int depth) {
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>();
    Stream.of("a", "b", "c", "d")
        .filter(_ -> random.nextBoolean())
        .forEach(key -> entries.put(key, node(random, depth)));
    return new Mapping(AT, entries);
  }

  private static YamlNode node(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 6)) {
      case 0 -> new Scalar(AT, Kind.NOTHING, "");
      case 1 -> new Sequence(AT, List.of(new Scalar(AT, Kind.TEXT, "x" + random.nextInt(9))));
      case 2 -> new Scalar(AT, Kind.NUMBER, String.valueOf(random.nextInt(9)));
      default -> mapping(random, depth - 1);
    };
  }
}
