package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.health.ToolVersions;
import dev.workbuddy.backup.health.control.ControlGraph;
import dev.workbuddy.backup.health.control.Edge;
import dev.workbuddy.backup.health.control.EffectiveState;
import dev.workbuddy.backup.health.control.NextStep;
import dev.workbuddy.backup.health.control.Node;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.time.Instant;
import java.util.List;

/**
 * The state of all that backups depend on.
 *
 * @param status failed where something that is required cannot work; incomplete where anything is
 *     not as it should be
 * @param state the state of the whole
 * @param next what to do, most important first
 * @param versions of what the program stands on; empty where they were not asked for
 */
public record HealthResult(
    Status status,
    EffectiveState state,
    Instant builtAt,
    List<Node> nodes,
    List<Edge> edges,
    List<NextStep> next,
    List<ToolVersions.ToolVersion> versions)
    implements Outcome {

  public HealthResult {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    next = List.copyOf(next);
    versions = List.copyOf(versions);
  }

  /**
   * The state of a whole.
   *
   * @param shown the part of it that is shown
   */
  static HealthResult of(
      ControlGraph graph, ControlGraph shown, List<ToolVersions.ToolVersion> versions) {
    return new HealthResult(
        status(graph),
        graph.state(),
        graph.builtAt(),
        shown.nodes(),
        shown.edges(),
        NextStep.of(graph),
        versions);
  }

  private static Status status(ControlGraph graph) {
    return switch (graph.state()) {
      case OK, DISABLED -> Status.DONE;
      case UNKNOWN, DEGRADED -> Status.INCOMPLETE;
      case UNCONFIGURED, BLOCKED ->
          graph.parts(ControlGraph.BACKUPS).stream().anyMatch(HealthResult::fails)
              ? Status.FAILED
              : Status.INCOMPLETE;
    };
  }

  /** What was never set up and is not required is no failure. */
  private static boolean fails(Node component) {
    return switch (component.effectiveState()) {
      case BLOCKED -> true;
      case UNCONFIGURED -> component.required();
      default -> false;
    };
  }

  /** The graph alone, for those who print it. */
  public ControlGraph graph() {
    return new ControlGraph(builtAt, nodes, edges);
  }
}
