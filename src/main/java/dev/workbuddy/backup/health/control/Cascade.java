package dev.workbuddy.backup.health.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What follows for each node from what it depends on. A pure function of nodes and edges, which
 * must form no circle.
 *
 * <ul>
 *   <li>What is unwanted is disabled, and so is what cannot be without it, and its requirements.
 *   <li>A requirement that is not met is unconfigured, and so is the component whose it is; one
 *       that was met and is broken is blocked, and blocks.
 *   <li>A hard dependency that is known to be bad blocks; a soft one degrades.
 *   <li>A failed check blocks, a warning degrades. Not knowing is no failure, and never looks well.
 *   <li>A domain is in the worst state of its components.
 * </ul>
 */
final class Cascade {
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, List<Edge>> edges = new HashMap<>();
  private final Map<String, EffectiveState> known = new HashMap<>();
  private final Set<String> onTheWay = new HashSet<>();

  private Cascade(List<Node> nodes, List<Edge> edges) {
    nodes.forEach(node -> this.nodes.put(node.id(), node));
    edges.forEach(
        edge -> this.edges.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge));
  }

  /** The nodes, each in its effective state. */
  static List<Node> apply(List<Node> nodes, List<Edge> edges) {
    Cascade cascade = new Cascade(nodes, edges);
    return nodes.stream().map(node -> node.in(cascade.state(node.id()))).toList();
  }

  private EffectiveState state(String id) {
    EffectiveState before = known.get(id);
    if (before != null) {
      return before;
    }
    if (!onTheWay.add(id)) {
      throw new IllegalArgumentException("a circle of dependencies goes through " + id);
    }
    EffectiveState state = derive(node(id));
    onTheWay.remove(id);
    known.put(id, state);
    return state;
  }

  private Node node(String id) {
    return Objects.requireNonNull(nodes.get(id), () -> "no node " + id);
  }

  private EffectiveState derive(Node node) {
    if (node.kind() == NodeKind.DOMAIN) {
      return worstOf(node);
    }
    if (isUnwanted(node) || leansHardOn(node, EffectiveState.DISABLED)) {
      return EffectiveState.DISABLED;
    }
    if (isNotSetUp(node)) {
      return EffectiveState.UNCONFIGURED;
    }
    if (node.own().isBad() || leansOnBad(node, true)) {
      return EffectiveState.BLOCKED;
    }
    if (node.own() == OwnState.WARNING
        || leansHardOn(node, EffectiveState.DEGRADED)
        || leansOnBad(node, false)) {
      return EffectiveState.DEGRADED;
    }
    return node.own() == OwnState.UNKNOWN || leansHardOn(node, EffectiveState.UNKNOWN)
        ? EffectiveState.UNKNOWN
        : EffectiveState.OK;
  }

  private EffectiveState worstOf(Node domain) {
    return nodes.values().stream()
        .filter(node -> domain.id().equals(node.parent()))
        .map(node -> state(node.id()))
        .max(Comparator.naturalOrder())
        .orElse(EffectiveState.OK);
  }

  /** A requirement is as unwanted as the component that has it. */
  private boolean isUnwanted(Node node) {
    Node owner = node.kind() == NodeKind.REQUIREMENT ? node(String.valueOf(node.parent())) : node;
    return owner.own() == OwnState.UNWANTED || node.own() == OwnState.UNWANTED;
  }

  private boolean isNotSetUp(Node node) {
    return switch (node.kind()) {
      case REQUIREMENT -> node.own() == OwnState.FAILURE;
      case COMPONENT ->
          of(node, true)
              .anyMatch(
                  edge ->
                      node.id().equals(node(edge.to()).parent())
                          && state(edge.to()) == EffectiveState.UNCONFIGURED);
      case CAPABILITY, DOMAIN -> false;
    };
  }

  private boolean leansHardOn(Node node, EffectiveState state) {
    return of(node, true).anyMatch(edge -> state(edge.to()) == state);
  }

  private boolean leansOnBad(Node node, boolean hard) {
    return of(node, hard).anyMatch(edge -> state(edge.to()).isBad());
  }

  private Stream<Edge> of(Node node, boolean hard) {
    return edges.getOrDefault(node.id(), List.of()).stream().filter(edge -> edge.hard() == hard);
  }
}
