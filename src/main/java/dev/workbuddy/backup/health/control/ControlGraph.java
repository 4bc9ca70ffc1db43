package dev.workbuddy.backup.health.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that backups depend on, at one time.
 *
 * @param builtAt when it was looked
 * @param nodes parts come after what they are parts of
 */
public record ControlGraph(Instant builtAt, List<Node> nodes, List<Edge> edges) {
  /** The node of all backups. */
  public static final String BACKUPS = "domain:backups";

  public ControlGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  public Optional<Node> node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  /** The first requirement that has to be met before this one can be, and is not. */
  public Optional<Node> comesBefore(Node requirement) {
    return edges.stream()
        .filter(edge -> edge.from().equals(requirement.id()) && edge.hard())
        .flatMap(edge -> node(edge.to()).stream())
        .filter(needed -> needed.own() != OwnState.OK)
        .findFirst();
  }

  /** The parts of a node, in their order. */
  public List<Node> parts(String id) {
    return nodes.stream().filter(node -> id.equals(node.parent())).toList();
  }

  /** In few nodes: the whole, its components, and the requirements that are not met. */
  public ControlGraph summary() {
    return new ControlGraph(
        builtAt,
        nodes.stream()
            .filter(node -> node.kind() != NodeKind.CAPABILITY)
            .filter(node -> node.kind() != NodeKind.REQUIREMENT || node.own() != OwnState.OK)
            .toList(),
        List.of());
  }

  /** One component with its requirements, and the edges of both; empty where there is none. */
  public Optional<ControlGraph> part(String component) {
    return node("component:" + component)
        .map(
            node -> {
              List<Node> all = Stream.concat(Stream.of(node), parts(node.id()).stream()).toList();
              Set<String> ids = all.stream().map(Node::id).collect(Collectors.toSet());
              return new ControlGraph(
                  builtAt,
                  all,
                  edges.stream()
                      .filter(edge -> ids.contains(edge.from()) || ids.contains(edge.to()))
                      .toList());
            });
  }

  /** The state of the whole. */
  public EffectiveState state() {
    return node(BACKUPS).orElseThrow().effectiveState();
  }
}
