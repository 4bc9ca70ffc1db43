package dev.workbuddy.backup.health.control;

import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.health.Finding;
import dev.workbuddy.backup.health.HealthReport;
import dev.workbuddy.backup.health.HealthReport.OfComponent;
import dev.workbuddy.backup.health.HealthReport.OfRequirement;
import dev.workbuddy.backup.health.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the graph of what was found: a pure function. */
public final class GraphBuilder {
  private GraphBuilder() {}

  /** The graph of a report, with the capabilities that depend on its components. */
  public static ControlGraph build(HealthReport report, List<CapabilityEntry> capabilities) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(domain());
    for (OfComponent component : report.components()) {
      nodes.add(component(component));
      component.requirements().forEach(each -> nodes.add(requirement(component, each)));
    }
    capabilities.forEach(capability -> nodes.add(capability(capability)));
    List<Edge> edges = edges(report, capabilities, nodes);
    return new ControlGraph(report.at(), Cascade.apply(nodes, edges), edges);
  }

  private static Node domain() {
    return unexamined(ControlGraph.BACKUPS, NodeKind.DOMAIN, "backups", "Backups", true);
  }

  /** One that nobody looks at by itself: it is as well as what it stands on. */
  private static Node unexamined(
      String id, NodeKind kind, String name, String label, boolean required) {
    return new Node(
        id,
        kind,
        null,
        name,
        label,
        required,
        null,
        null,
        OwnState.OK,
        EffectiveState.UNKNOWN,
        "",
        "",
        List.of(),
        null);
  }

  private static Node component(OfComponent component) {
    Preference preference = component.preference();
    boolean unwanted = preference.is(Preference.Choice.UNWANTED);
    Finding worst = worst(component);
    Finding told =
        unmet(component).orElseGet(() -> worst.isOk() ? lacking(component, worst) : worst);
    return new Node(
        componentId(component.id()),
        NodeKind.COMPONENT,
        ControlGraph.BACKUPS,
        component.id(),
        component.title(),
        component.core(),
        component.core() ? null : preference.choice().word(),
        preference.reason(),
        unwanted ? OwnState.UNWANTED : OwnState.of(worst.condition()),
        EffectiveState.UNKNOWN,
        unwanted ? unwanted(preference.reason()) : told.detail(),
        unwanted ? "" : told.next(),
        component.checks().stream()
            .map(
                check ->
                    new Node.CheckResult(
                        check.name(),
                        OwnState.of(check.finding().condition()),
                        check.finding().detail()))
            .toList(),
        null);
  }

  private static String unwanted(@Nullable String reason) {
    return reason == null ? "unwanted" : "unwanted: " + reason;
  }

  /** Of equally bad ones the first; with everything well, what the first check saw. */
  private static Finding worst(OfComponent component) {
    return component.checks().stream()
        .map(HealthReport.OfCheck::finding)
        .reduce((one, other) -> other.condition().compareTo(one.condition()) > 0 ? other : one)
        .orElse(Finding.ok(""));
  }

  /** Where something is not set up, what was done without it is beside the point. */
  private static Optional<Finding> unmet(OfComponent component) {
    return component.requirements().stream()
        .filter(requirement -> requirement.finding().isFailure())
        .findFirst()
        .map(GraphBuilder::named);
  }

  /** Where all checks are well, the first requirement that is not says more than they do. */
  private static Finding lacking(OfComponent component, Finding well) {
    return component.requirements().stream()
        .filter(requirement -> !requirement.finding().isOk())
        .findFirst()
        .map(GraphBuilder::named)
        .orElse(well);
  }

  private static Finding named(OfRequirement requirement) {
    Finding found = requirement.finding();
    return new Finding(
        found.condition(), requirement.id() + ": " + found.detail(), found.next(), null);
  }

  private static Node requirement(OfComponent owner, OfRequirement requirement) {
    return new Node(
        requirementId(requirement.id()),
        NodeKind.REQUIREMENT,
        componentId(owner.id()),
        requirement.id(),
        requirement.title(),
        true,
        null,
        null,
        OwnState.of(requirement.finding().condition()),
        EffectiveState.UNKNOWN,
        requirement.finding().detail(),
        requirement.finding().next(),
        List.of(),
        Fix.of(requirement.fixer()));
  }

  private static Node capability(CapabilityEntry capability) {
    return unexamined(
        "capability:" + capability.name(),
        NodeKind.CAPABILITY,
        capability.name(),
        capability.description(),
        false);
  }

  /** Edges to what this machine does not have are left out. */
  private static List<Edge> edges(
      HealthReport report, List<CapabilityEntry> capabilities, List<Node> nodes) {
    Set<String> there = nodes.stream().map(Node::id).collect(Collectors.toSet());
    return Stream.concat(
            report.components().stream().flatMap(GraphBuilder::edges),
            capabilities.stream().flatMap(GraphBuilder::edges))
        .filter(edge -> there.contains(edge.to()))
        .distinct()
        .toList();
  }

  private static Stream<Edge> edges(OfComponent component) {
    String id = componentId(component.id());
    Stream<Edge> links = component.links().stream().map(link -> edge(id, link));
    Stream<Edge> requirements =
        component.requirements().stream()
            .flatMap(
                requirement ->
                    Stream.concat(
                        Stream.of(new Edge(id, requirementId(requirement.id()), true, "")),
                        requirement.needs().stream()
                            .map(
                                need ->
                                    new Edge(
                                        requirementId(requirement.id()),
                                        requirementId(need),
                                        true,
                                        ""))));
    return Stream.concat(links, requirements);
  }

  private static Edge edge(String from, Link link) {
    return new Edge(from, componentId(link.to()), link.hard(), link.fallback());
  }

  private static Stream<Edge> edges(CapabilityEntry capability) {
    return CapabilityNeeds.of(capability.name()).stream()
        .map(
            need ->
                new Edge(
                    "capability:" + capability.name(), need.on(), need.hard(), need.fallback()));
  }

  private static String componentId(String id) {
    return "component:" + id;
  }

  private static String requirementId(String id) {
    return "requirement:" + id;
  }
}
