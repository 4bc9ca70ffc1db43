package dev.workbuddy.backup.health.control;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the user can do next about one component.
 *
 * @param component its id without its kind
 * @param what what to do, in words
 * @param command what does it, or begins it; empty where it is no command
 */
public record NextStep(String component, String what, String command) {

  /** One for each component that needs something, in the order of the graph. */
  public static List<NextStep> of(ControlGraph graph) {
    return graph.parts(ControlGraph.BACKUPS).stream()
        .flatMap(component -> of(graph, component).stream())
        .toList();
  }

  private static Optional<NextStep> of(ControlGraph graph, Node component) {
    EffectiveState state = component.effectiveState();
    if (state == EffectiveState.OK || state == EffectiveState.DISABLED) {
      return Optional.empty();
    }
    Optional<NextStep> requirement =
        graph.parts(component.id()).stream()
            .filter(each -> each.own() != OwnState.OK && !each.next().isEmpty())
            .max((one, other) -> one.own() == other.own() ? 1 : one.own().compareTo(other.own()))
            .map(each -> forRequirement(component, each));
    return requirement.or(() -> forChecks(component));
  }

  private static NextStep forRequirement(Node component, Node requirement) {
    Fix fix = requirement.fix();
    boolean fixable =
        fix != null && !fix.kind().equals("none") && requirement.own() != OwnState.UNKNOWN;
    return new NextStep(
        component.name(),
        requirement.name() + ": " + requirement.next(),
        fixable ? "wb-backup doctor --fix " + requirement.name() : "");
  }

  private static Optional<NextStep> forChecks(Node component) {
    return Stream.of(component)
        .filter(each -> !each.next().isEmpty())
        .map(each -> new NextStep(each.name(), each.next(), ""))
        .findFirst();
  }
}
