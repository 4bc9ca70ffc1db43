package dev.workbuddy.backup.health.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules by which states follow from each other, on graphs of any shape. */
class CascadeTest {
  private static final Set<EffectiveState> WORKS =
      EnumSet.of(EffectiveState.OK, EffectiveState.UNKNOWN, EffectiveState.DEGRADED);

  static LongStream seeds() {
    return Seeds.of(300);
  }

  static Node node(String id, NodeKind kind, String parent, OwnState own) {
    return new Node(
        id,
        kind,
        parent,
        id,
        id,
        false,
        null,
        null,
        own,
        EffectiveState.UNKNOWN,
        "",
        "",
        List.of(),
        null);
  }

  private record Graph(List<Node> nodes, List<Edge> edges) {
    Map<String, Node> states() {
      return Cascade.apply(nodes, edges).stream()
          .collect(Collectors.toMap(Node::id, Function.identity()));
    }

    List<Edge> from(Node node, boolean hard) {
      return edges.stream()
          .filter(edge -> edge.from().equals(node.id()) && edge.hard() == hard)
          .toList();
    }
  }

  private static EffectiveState state(Map<String, Node> states, String id) {
    return Objects.requireNonNull(states.get(id), id).effectiveState();
  }

  /** Components with requirements; each leans on some that came before it. */
  private static Graph random(Random random) {
    List<Node> nodes = new ArrayList<>(List.of(node("all", NodeKind.DOMAIN, "", OwnState.OK)));
    List<Edge> edges = new ArrayList<>();
    List<String> components = new ArrayList<>();
    for (int c = 0; c < 1 + random.nextInt(6); c++) {
      String id = "c" + c;
      nodes.add(node(id, NodeKind.COMPONENT, "all", any(random, OwnState.values().length)));
      for (int r = 0; r < random.nextInt(3); r++) {
        nodes.add(node(id + "r" + r, NodeKind.REQUIREMENT, id, any(random, 4)));
        edges.add(new Edge(id, id + "r" + r, true, ""));
      }
      for (String earlier : components) {
        if (random.nextInt(3) == 0) {
          edges.add(new Edge(id, earlier, random.nextBoolean(), ""));
        }
      }
      components.add(id);
    }
    return new Graph(nodes, edges);
  }

  private static OwnState any(Random random, int kinds) {
    return random.nextInt(2) == 0
        ? OwnState.OK
        : List.of(OwnState.values()).get(random.nextInt(kinds));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void apply_anyGraph_keepsTheRules(long seed) {
    Graph graph = random(new Random(seed));
    Map<String, Node> states = graph.states();

    for (Node node : states.values()) {
      EffectiveState state = node.effectiveState();
      List<EffectiveState> hard =
          graph.from(node, true).stream().map(e -> state(states, e.to())).toList();
      List<EffectiveState> soft =
          graph.from(node, false).stream().map(e -> state(states, e.to())).toList();
      if (node.kind() == NodeKind.DOMAIN) {
        continue;
      }
      if (node.own() == OwnState.UNWANTED || hard.contains(EffectiveState.DISABLED)) {
        assertThat(state).isEqualTo(EffectiveState.DISABLED);
      } else if (state != EffectiveState.DISABLED) {
        boolean bad = hard.stream().anyMatch(EffectiveState::isBad) || node.own().isBad();
        assertThat(state.isBad()).as("%s in %s", node, graph).isEqualTo(bad);
        assertThat(state == EffectiveState.OK)
            .as("%s in %s", node, graph)
            .isEqualTo(
                node.own() == OwnState.OK
                    && hard.stream().allMatch(it -> it == EffectiveState.OK)
                    && soft.stream().noneMatch(EffectiveState::isBad));
      }
      if (WORKS.contains(state)) {
        assertThat(hard).as("%s in %s", node, graph).allMatch(WORKS::contains);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void apply_anyGraph_theDomainIsInTheWorstStateOfItsComponents(long seed) {
    Graph graph = random(new Random(seed));
    Map<String, Node> states = graph.states();
    List<EffectiveState> precedence =
        List.of(
            EffectiveState.BLOCKED,
            EffectiveState.UNCONFIGURED,
            EffectiveState.DEGRADED,
            EffectiveState.UNKNOWN,
            EffectiveState.OK,
            EffectiveState.DISABLED);

    EffectiveState worst =
        precedence.stream()
            .filter(
                state ->
                    states.values().stream()
                        .anyMatch(
                            it -> it.kind() == NodeKind.COMPONENT && it.effectiveState() == state))
            .findFirst()
            .orElseThrow();
    assertThat(state(states, "all")).isEqualTo(worst);
  }

  /** What is set up shows what else is wrong with it: both are bad, and neither is worse. */
  private static EffectiveState atWorst(EffectiveState state) {
    return state == EffectiveState.UNCONFIGURED ? EffectiveState.BLOCKED : state;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void apply_somethingGetsBetter_nothingGetsWorse(long seed) {
    Random random = new Random(seed);
    Graph graph = random(random);
    int chosen = 1 + random.nextInt(graph.nodes().size() - 1);
    Node node = graph.nodes().get(chosen);
    if (node.own() == OwnState.UNWANTED) {
      return; // Wanting something may well bring trouble to light.
    }
    List<Node> better = new ArrayList<>(graph.nodes());
    better.set(chosen, node(node.id(), node.kind(), String.valueOf(node.parent()), OwnState.OK));

    Map<String, Node> before = graph.states();
    new Graph(better, graph.edges())
        .states()
        .forEach(
            (id, after) ->
                assertThat(after.effectiveState())
                    .as("%s in %s", id, graph)
                    .isLessThanOrEqualTo(atWorst(state(before, id))));
  }

  @Test
  void apply_circle_isRefused() {
    List<Node> nodes =
        List.of(
            node("a", NodeKind.COMPONENT, "", OwnState.OK),
            node("b", NodeKind.COMPONENT, "", OwnState.OK));
    List<Edge> circle = List.of(new Edge("a", "b", true, ""), new Edge("b", "a", true, ""));

    assertThatThrownBy(() -> Cascade.apply(nodes, circle)).hasMessageContaining("circle");
  }

  @Test
  void apply_unmetRequirement_makesItsComponentUnconfiguredAndBlocksWhatNeedsIt() {
    List<Node> nodes =
        List.of(
            node("github", NodeKind.COMPONENT, "", OwnState.OK),
            node("gh", NodeKind.REQUIREMENT, "github", OwnState.FAILURE),
            node("push", NodeKind.CAPABILITY, "", OwnState.OK),
            node("backup", NodeKind.CAPABILITY, "", OwnState.OK));
    List<Edge> edges =
        List.of(
            new Edge("github", "gh", true, ""),
            new Edge("push", "github", true, ""),
            new Edge("backup", "github", false, "local snapshots go on"));

    assertThat(Cascade.apply(nodes, edges))
        .extracting(Node::effectiveState)
        .containsExactly(
            EffectiveState.UNCONFIGURED,
            EffectiveState.UNCONFIGURED,
            EffectiveState.BLOCKED,
            EffectiveState.DEGRADED);
  }
}
