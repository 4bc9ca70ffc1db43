package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataHealth;
import dev.workbuddy.backup.capability.HealthResult;
import dev.workbuddy.backup.health.FixReport;
import dev.workbuddy.backup.health.Fixer;
import dev.workbuddy.backup.health.control.ControlGraph;
import dev.workbuddy.backup.health.control.Fix;
import dev.workbuddy.backup.health.control.Node;
import dev.workbuddy.backup.health.control.NodeKind;
import dev.workbuddy.backup.health.control.OwnState;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The repairs of {@code doctor --fix}, with whatever has to be asked on the way.
 *
 * @param given answers from the command line, by the name of the field
 * @param yes whether nothing is to be asked
 */
record DoctorRepairs(Session session, Map<String, String> given, boolean yes) {

  /** One requirement after another; what an earlier one unlocks is seen by looking again. */
  int all() throws Exception {
    int worst = Status.DONE.exitCode();
    Set<String> tried = new HashSet<>();
    HealthResult seen = look(true);
    for (Optional<Node> next = next(seen.graph(), tried);
        next.isPresent();
        next = next(seen.graph(), tried)) {
      tried.add(next.get().name());
      if (!session.asks(yes) || wants(next.get())) {
        worst = Math.max(worst, one(next.get().name()));
        seen = look(true);
      }
    }
    return Math.max(worst, Math.max(sayWhatWaits(seen.graph()), sayWhatIsLeft(seen, tried)));
  }

  /** What cannot be begun before something else is met is not asked about. */
  private static Optional<Node> next(ControlGraph graph, Set<String> tried) {
    return repairable(graph).stream()
        .filter(node -> !tried.contains(node.name()) && graph.comesBefore(node).isEmpty())
        .findFirst();
  }

  /**
   * What no program repairs is named with what to do, so that nothing that is listed is left out.
   */
  private int sayWhatIsLeft(HealthResult seen, Set<String> tried) {
    PrintStream err = session.environment().err();
    seen.next().forEach(step -> err.printf("%s: %s%n", step.component(), step.what()));
    if (seen.next().isEmpty() && tried.isEmpty()) {
      err.println("Nothing needs a repair.");
    }
    return seen.next().isEmpty() ? Status.DONE.exitCode() : Status.INCOMPLETE.exitCode();
  }

  private int sayWhatWaits(ControlGraph graph) {
    PrintStream err = session.environment().err();
    int worst = Status.DONE.exitCode();
    for (Node node : repairable(graph)) {
      Optional<Node> first = graph.comesBefore(node);
      if (first.isPresent()) {
        err.printf("%s waits: %s comes first.%n", node.name(), first.get().name());
        worst = Status.INCOMPLETE.exitCode();
      }
    }
    return worst;
  }

  private static List<Node> repairable(ControlGraph graph) {
    return graph.nodes().stream()
        .filter(DoctorRepairs::lacksSomething)
        .filter(
            node ->
                Optional.ofNullable(node.fix()).filter(it -> !it.kind().equals("none")).isPresent())
        .filter(node -> isWanted(graph, node))
        .toList();
  }

  private static boolean lacksSomething(Node node) {
    return node.kind() == NodeKind.REQUIREMENT
        && (node.own().isBad() || node.own() == OwnState.WARNING);
  }

  /** What nobody has asked for is not pressed upon them. */
  private static boolean isWanted(ControlGraph graph, Node requirement) {
    return graph
        .node(String.valueOf(requirement.parent()))
        .filter(owner -> owner.own() != OwnState.UNWANTED)
        .isPresent();
  }

  private boolean wants(Node node) throws IOException {
    PrintStream err = session.environment().err();
    err.printf("%s: %s%n", node.name(), node.detail());
    return session.agrees("Repair it?");
  }

  /** One requirement, by its name. */
  int one(String requirement) throws Exception {
    FixReport report = fix(requirement);
    FixReport.Handoff handoff = report.handoff();
    if (handoff != null
        && !session.json()
        && session.asks(yes)
        && !handoff.agentCommand().isEmpty()) {
      session.environment().err().println("Starting " + handoff.agentCommand().getFirst() + " …");
      new AgentSession(session.environment()).run(handoff);
      report = fix(requirement);
    }
    return session.print(report, DoctorTexts::print);
  }

  private FixReport fix(String requirement) throws Exception {
    Map<String, String> input = new HashMap<>(given);
    if (session.asks(yes)) {
      for (Fixer.Field field : fields(requirement)) {
        if (!input.containsKey(field.name())) {
          input.put(field.name(), session.ask(field.label(), field.suggestion()));
        }
      }
    }
    return session.call(
        session.capabilities().dataHealthFix(),
        new DataHealth.FixParameters(requirement, input, false));
  }

  /** What its fixer would ask for, if it could begin. */
  private List<Fixer.Field> fields(String requirement) throws Exception {
    ControlGraph graph = look(false).graph();
    return graph
        .node("requirement:" + requirement)
        .filter(node -> lacksSomething(node) && graph.comesBefore(node).isEmpty())
        .map(Node::fix)
        .map(Fix::fields)
        .orElse(List.of());
  }

  private HealthResult look(boolean refresh) throws Exception {
    return session.call(
        session.capabilities().dataHealth(), new DataHealth.LookParameters(refresh, false));
  }
}
