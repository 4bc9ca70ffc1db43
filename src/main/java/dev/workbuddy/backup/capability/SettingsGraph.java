package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.health.control.ControlGraph;
import dev.workbuddy.backup.health.control.Edge;
import dev.workbuddy.backup.health.control.EffectiveState;
import dev.workbuddy.backup.health.control.Fix;
import dev.workbuddy.backup.health.control.Node;
import dev.workbuddy.backup.health.control.NodeKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The control graph in the shape that work-buddy's Settings tab draws: {@code nodes} is a map from
 * id to node, and each node names what it belongs to and what it depends on. The component names
 * are its JSON keys in snake case.
 *
 * @param cache when the graph was built, in the form that the tab expects
 */
public record SettingsGraph(Map<String, Card> nodes, Cache cache) {
  private static final Set<EffectiveState> IN_THE_WAY =
      EnumSet.of(EffectiveState.BLOCKED, EffectiveState.UNCONFIGURED, EffectiveState.DEGRADED);

  public SettingsGraph {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
  }

  /**
   * How old the graph is.
   *
   * @param builtAt in seconds since 1970
   */
  public record Cache(boolean cached, double builtAt, int nodeCount) {}

  /**
   * What a node needs.
   *
   * @param hardness {@code hard} or {@code soft}
   * @param fallbackNote what happens without it; null for hard ones
   */
  public record Dependency(
      String targetId,
      String mode,
      String hardness,
      @Nullable String group,
      @Nullable String fallbackNote) {}

  /**
   * One node.
   *
   * @param groupingParents what it is a part of
   * @param preference {@code required} for what cannot be switched off; null where nobody is asked
   * @param componentId the component that it is, or whose requirement it is; else null
   * @param statusReason why it is in its state
   * @param blockingIssues ids of what keeps it from being well
   * @param primaryActions always empty: repairs are {@code wb-backup doctor --fix}
   * @param fixKind how a requirement is repaired; {@code none} for other nodes
   */
  public record Card(
      String id,
      NodeKind kind,
      String label,
      String description,
      List<String> groupingParents,
      List<Dependency> dependencies,
      @Nullable String preference,
      EffectiveState effectiveState,
      @Nullable String componentId,
      List<String> requirementIds,
      List<String> affectsCapabilities,
      String statusReason,
      List<String> blockingIssues,
      List<String> primaryActions,
      String fixKind,
      @Nullable String fixPreview,
      Map<String, List<?>> fixParams) {}

  /** Draws the control graph in that shape. */
  public static SettingsGraph of(ControlGraph graph) {
    Map<String, Card> cards = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      cards.put(id(node.id()), card(graph, node));
    }
    double seconds = graph.builtAt().toEpochMilli() / 1000.0;
    return new SettingsGraph(cards, new Cache(true, seconds, cards.size()));
  }

  private static Card card(ControlGraph graph, Node node) {
    List<Node> requirements =
        node.kind() == NodeKind.COMPONENT ? graph.parts(node.id()) : List.of();
    List<Edge> needs = needs(graph, node, requirements);
    Fix fix = node.fix();
    return new Card(
        id(node.id()),
        node.kind(),
        node.label(),
        fix == null ? node.next() : fix.does(),
        Stream.ofNullable(node.parent()).map(SettingsGraph::id).toList(),
        needs.stream().map(SettingsGraph::dependency).toList(),
        node.kind() == NodeKind.COMPONENT && node.required() ? "required" : node.preference(),
        node.effectiveState(),
        componentId(graph, node),
        requirements.stream().map(each -> id(each.id())).toList(),
        affected(graph, node),
        node.detail(),
        blocking(graph, node, requirements, needs),
        List.of(),
        fix == null ? "none" : fix.kind(),
        fix == null ? null : fix.does(),
        fix == null || fix.fields().isEmpty() ? Map.of() : Map.of("fields", fix.fields()));
  }

  /** Those ids begin with shorter words there. */
  private static String id(String id) {
    return id.replaceFirst("^requirement:", "req:").replaceFirst("^capability:", "cap:");
  }

  private static List<Edge> needs(ControlGraph graph, Node node, List<Node> requirements) {
    List<String> own = requirements.stream().map(Node::id).toList();
    return graph.edges().stream()
        .filter(edge -> edge.from().equals(node.id()) && !own.contains(edge.to()))
        .toList();
  }

  private static Dependency dependency(Edge edge) {
    return new Dependency(
        id(edge.to()),
        "all",
        edge.hard() ? "hard" : "soft",
        null,
        edge.fallback().isEmpty() ? null : edge.fallback());
  }

  private static @Nullable String componentId(ControlGraph graph, Node node) {
    return switch (node.kind()) {
      case COMPONENT -> node.name();
      case REQUIREMENT -> graph.node(String.valueOf(node.parent())).map(Node::name).orElse(null);
      case DOMAIN, CAPABILITY -> null;
    };
  }

  private static List<String> affected(ControlGraph graph, Node node) {
    return node.kind() == NodeKind.COMPONENT
        ? graph.edges().stream()
            .filter(edge -> edge.to().equals(node.id()))
            .flatMap(edge -> graph.node(edge.from()).stream())
            .filter(from -> from.kind() == NodeKind.CAPABILITY)
            .map(Node::name)
            .sorted()
            .toList()
        : List.of();
  }

  private static List<String> blocking(
      ControlGraph graph, Node node, List<Node> requirements, List<Edge> needs) {
    return IN_THE_WAY.contains(node.effectiveState())
        ? Stream.concat(
                requirements.stream(),
                needs.stream().flatMap(edge -> graph.node(edge.to()).stream()))
            .filter(each -> IN_THE_WAY.contains(each.effectiveState()))
            .map(each -> id(each.id()))
            .distinct()
            .toList()
        : List.of();
  }
}
