package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataHealth;
import dev.workbuddy.backup.capability.HealthResult;
import dev.workbuddy.backup.control.ControlGraph;
import dev.workbuddy.backup.control.Fix;
import dev.workbuddy.backup.control.Node;
import dev.workbuddy.backup.control.OwnState;
import dev.workbuddy.backup.health.FixReport;
import dev.workbuddy.backup.health.Fixer;
import dev.workbuddy.backup.health.PreferenceResult;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "doctor",
    description = "Show what backups depend on, what is wrong with it, and repair it.")
final class DoctorCommand implements Callable<Integer> {
  private static final String ANYTHING = "";

  @ParentCommand private WbBackup root;

  @Option(
      names = "--fix",
      arity = "0..1",
      fallbackValue = ANYTHING,
      paramLabel = "REQUIREMENT",
      description = "Repair a requirement; without a name, each that needs it, one after another.")
  private @Nullable String fix;

  @Option(
      names = "--repo",
      paramLabel = "OWNER/NAME",
      description = "The repository for repo-configured; made, private, if it is not there.")
  private @Nullable String repo;

  @Option(
      names = "--prefer",
      paramLabel = "COMPONENT=CHOICE",
      description = "Say whether a component is wanted, unwanted or undecided.")
  private @Nullable String prefer;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for --prefer.")
  private @Nullable String reason;

  @Option(
      names = "--cached",
      description = "Ask no network: what was found a short while ago is enough.")
  private boolean cached;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    if (prefer != null) {
      return choose(session, prefer);
    }
    if (fix == null) {
      return session.run(
          session.capabilities().dataHealth(),
          new DataHealth.LookParameters(!cached, true),
          DoctorTexts::print);
    }
    return fix.equals(ANYTHING) ? repairAll(session) : repair(session, fix);
  }

  private int choose(Session session, String choice) throws Exception {
    String[] words = choice.split("=", -1);
    if (words.length != 2) {
      throw new BackupException(
          ErrorCode.USAGE,
          "cannot understand --prefer " + choice,
          "Write it as COMPONENT=wanted, =unwanted or =undecided.");
    }
    return session.run(
        session.capabilities().dataHealthPrefer(),
        new DataHealth.PreferParameters(words[0], words[1], reason),
        DoctorCommand::print);
  }

  private static void print(PreferenceResult result, PrintStream out) {
    out.printf(
        "%s is %s; %s %s%n",
        result.component(),
        result.choice(),
        result.changed() ? "wrote that into" : "so it was already in",
        result.file());
  }

  /** One requirement after another; what an earlier one unlocks is seen by looking again. */
  private int repairAll(Session session) throws Exception {
    int worst = Status.DONE.exitCode();
    Map<String, Integer> tried = new HashMap<>();
    for (Optional<Node> next = nextToRepair(session, tried);
        next.isPresent();
        next = nextToRepair(session, tried)) {
      String requirement = next.get().name();
      tried.put(requirement, 1);
      if (session.asks(yes) && !wants(session, next.get())) {
        continue;
      }
      worst = Math.max(worst, repair(session, requirement));
    }
    if (tried.isEmpty()) {
      session.environment().err().println("Nothing that could be repaired needs it.");
    }
    return worst;
  }

  private static Optional<Node> nextToRepair(Session session, Map<String, Integer> tried)
      throws Exception {
    HealthResult health =
        session.call(
            session.capabilities().dataHealth(), new DataHealth.LookParameters(true, false));
    return repairable(health.graph()).stream()
        .filter(node -> !tried.containsKey(node.name()))
        .findFirst();
  }

  private static List<Node> repairable(ControlGraph graph) {
    return graph.nodes().stream()
        .filter(node -> node.own() == OwnState.FAILURE)
        .filter(
            node ->
                Optional.ofNullable(node.fix()).filter(it -> !it.kind().equals("none")).isPresent())
        .filter(node -> isWanted(graph, node))
        .toList();
  }

  /** What nobody has asked for is not pressed upon them. */
  private static boolean isWanted(ControlGraph graph, Node requirement) {
    return graph
        .node(String.valueOf(requirement.parent()))
        .filter(owner -> owner.own() != OwnState.UNWANTED)
        .isPresent();
  }

  private static boolean wants(Session session, Node node) throws IOException {
    PrintStream err = session.environment().err();
    err.printf("%s: %s%n", node.name(), node.detail());
    return session.agrees("Repair it?");
  }

  private int repair(Session session, String requirement) throws Exception {
    FixReport report =
        session.call(session.capabilities().dataHealthFix(), parameters(session, requirement));
    FixReport.Handoff handoff = report.handoff();
    if (handoff != null
        && !session.json()
        && session.asks(yes)
        && !handoff.agentCommand().isEmpty()) {
      return withAgent(session, requirement, handoff);
    }
    return session.print(report, DoctorTexts::print);
  }

  private int withAgent(Session session, String requirement, FixReport.Handoff handoff)
      throws Exception {
    session.environment().err().println("Starting " + handoff.agentCommand().getFirst() + " …");
    new AgentSession(session.environment()).run(handoff);
    FixReport again =
        session.call(session.capabilities().dataHealthFix(), parameters(session, requirement));
    return session.print(again, DoctorTexts::print);
  }

  private DataHealth.FixParameters parameters(Session session, String requirement)
      throws Exception {
    Map<String, String> input = new HashMap<>();
    if (repo != null) {
      input.put("repo", repo);
    }
    if (session.asks(yes)) {
      for (Fixer.Field field : fields(session, requirement)) {
        if (!input.containsKey(field.name())) {
          input.put(field.name(), session.ask(field.label(), field.suggestion()));
        }
      }
    }
    return new DataHealth.FixParameters(requirement, input);
  }

  private static List<Fixer.Field> fields(Session session, String requirement) throws Exception {
    HealthResult health =
        session.call(
            session.capabilities().dataHealth(), new DataHealth.LookParameters(false, false));
    return health
        .graph()
        .node("requirement:" + requirement)
        .filter(node -> node.own() == OwnState.FAILURE)
        .map(Node::fix)
        .map(Fix::fields)
        .orElse(List.of());
  }
}
