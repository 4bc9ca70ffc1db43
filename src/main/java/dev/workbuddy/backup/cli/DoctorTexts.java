package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.HealthResult;
import dev.workbuddy.backup.health.FixReport;
import dev.workbuddy.backup.health.ToolVersions.ToolVersion;
import dev.workbuddy.backup.health.control.ControlGraph;
import dev.workbuddy.backup.health.control.EffectiveState;
import dev.workbuddy.backup.health.control.NextStep;
import dev.workbuddy.backup.health.control.Node;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The graph as a tree, and what became of repairs, for people. */
final class DoctorTexts {
  private DoctorTexts() {}

  static void print(HealthResult result, PrintStream out) {
    ControlGraph graph = result.graph();
    Tree tree = new Tree();
    for (Node component : graph.parts(ControlGraph.BACKUPS)) {
      tree.add(0, component.name(), component.effectiveState(), component.detail());
      if (component.effectiveState() != EffectiveState.DISABLED) {
        parts(graph, component, tree);
      }
    }
    out.printf("Backups: %s%n%n", words(result.state()));
    tree.print(out);
    next(graph, result.next(), out);
    if (!result.versions().isEmpty()) {
      versions(result.versions(), out);
    }
  }

  private static void parts(ControlGraph graph, Node component, Tree tree) {
    for (Node part : graph.parts(component.id())) {
      tree.add(1, part.name(), part.effectiveState(), part.detail());
    }
    if (component.checks().size() > 1
        || graph.parts(component.id()).stream().anyMatch(part -> part.own().isBad())) {
      component
          .checks()
          .forEach(check -> tree.add(1, check.name(), check.state().word(), check.detail()));
    }
  }

  private static String words(EffectiveState state) {
    return switch (state) {
      case OK -> "all is well";
      case DISABLED -> "disabled";
      case UNKNOWN -> "some checks gave no answer";
      case DEGRADED -> "they work, but something needs attention";
      case UNCONFIGURED -> "something is not set up";
      case BLOCKED -> "something does not work";
    };
  }

  private static void next(ControlGraph graph, List<NextStep> steps, PrintStream out) {
    for (int i = 0; i < steps.size(); i++) {
      NextStep step = steps.get(i);
      if (i == 0) {
        out.printf("%nWhat to do:%n");
      }
      out.printf("  %d. %s%n", i + 1, step.what());
      if (!step.command().isEmpty()) {
        out.println("     " + step.command());
      }
      if (isOptional(graph, step)) {
        out.printf(
            "     or, if you do not want it: wb-backup doctor --prefer %s=unwanted%n",
            step.component());
      }
    }
  }

  private static boolean isOptional(ControlGraph graph, NextStep step) {
    return graph
        .node("component:" + step.component())
        .filter(node -> "undecided".equals(node.preference()))
        .filter(node -> node.effectiveState() == EffectiveState.UNCONFIGURED)
        .isPresent();
  }

  private static void versions(List<ToolVersion> versions, PrintStream out) {
    out.println();
    out.println(
        versions.stream()
            .map(
                tool ->
                    tool.name() + " " + Objects.requireNonNullElse(tool.version(), "not installed"))
            .collect(Collectors.joining(", ")));
    versions.stream()
        .filter(tool -> tool.problem() != null)
        .forEach(tool -> out.printf("  %s: %s%n", tool.name(), tool.problem()));
  }

  static void print(FixReport report, PrintStream out) {
    out.printf(
        "%s: %s%n", report.requirement(), report.ok() ? "ok, " + report.detail() : report.detail());
    report.sideEffects().forEach(effect -> out.println("  " + effect));
    FixReport.Handoff handoff = report.handoff();
    if (handoff != null) {
      out.printf("%nOn this machine:%n");
      handoff.commands().forEach(command -> out.println("  " + command));
      out.printf("%nFor an agent that guides you:%n  %s%n", handoff.brief());
    }
  }

  /** Lines with names and states in columns. */
  private static final class Tree {
    private record Line(String name, String state, String detail) {}

    private final List<Line> lines = new ArrayList<>();

    void add(int depth, String name, EffectiveState state, String detail) {
      add(depth, name, state.word(), detail);
    }

    void add(int depth, String name, String state, String detail) {
      lines.add(
          new Line(
              "  ".repeat(depth + 1) + name,
              state,
              detail.lines().collect(Collectors.joining(" "))));
    }

    void print(PrintStream out) {
      int names = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
      int states = lines.stream().mapToInt(line -> line.state().length()).max().orElse(0);
      String format = "%-" + names + "s  %-" + states + "s  %s";
      for (Line line : lines) {
        String text = String.format(Locale.ROOT, format, line.name(), line.state(), line.detail());
        out.println(text.stripTrailing());
      }
    }
  }
}
