package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.health.FixReport;
import dev.workbuddy.backup.health.Health;
import dev.workbuddy.backup.health.PreferenceResult;
import dev.workbuddy.backup.health.ToolVersions;
import dev.workbuddy.backup.health.control.CapabilityEntry;
import dev.workbuddy.backup.health.control.ControlGraph;
import dev.workbuddy.backup.health.control.GraphBuilder;
import dev.workbuddy.backup.health.control.GraphCache;
import dev.workbuddy.backup.health.control.Node;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells the state of everything, repairs it, and writes down what the user wants. */
public final class DataHealth {
  /** The whole in few words; details are asked for by component. */
  private static final int SUMMARY_BYTES = 14 << 10;

  private final Workspace workspace;
  private final Health health;
  private final GraphCache cache;

  /**
   * @param capabilities all that there are, for the graph; asked for when it is built
   */
  DataHealth(Workspace workspace, Supplier<List<CapabilityEntry>> capabilities) {
    this.workspace = workspace;
    this.health = workspace.health();
    this.cache =
        new GraphCache(
            fresh -> GraphBuilder.build(health.look(fresh), capabilities.get()),
            workspace.clock(),
            task -> Thread.ofPlatform().daemon().start(task));
  }

  /**
   * The typed parameters.
   *
   * @param refresh whether to look at everything now and ask the network again; else what was found
   *     a short while ago is enough
   * @param versions whether to ask programs for their versions
   * @param component the one to describe in full; null for the whole, of which an agent gets the
   *     components and what they lack
   */
  public record LookParameters(
      @Described("Whether to look at everything now and ask the network again.") boolean refresh,
      @Described("Whether to ask programs for their versions.") boolean versions,
      @Described("A component to describe in full.") @Nullable String component) {
    /** The whole. */
    public LookParameters(boolean refresh, boolean versions) {
      this(refresh, versions, null);
    }
  }

  /**
   * The typed parameters.
   *
   * @param requirement what to repair
   * @param input what its fixer asks for, by the names of its fields
   * @param dryRun whether only to say what would be done
   */
  public record FixParameters(
      @Described("What to repair, by its name in the graph.") String requirement,
      @Described("What its fixer asks for, by the names of its fields.") Map<String, String> input,
      @Described("Whether only to say what would be done.") boolean dryRun) {
    public FixParameters {
      input = Map.copyOf(input);
    }
  }

  /**
   * The typed parameters.
   *
   * @param component an optional one
   * @param choice {@code wanted}, {@code unwanted} or {@code undecided}
   * @param reason in the user's words; null for none
   * @param dryRun whether only to say what would be written
   */
  public record PreferParameters(
      @Described("An optional component, by its name in the graph.") String component,
      @Described("One of wanted, unwanted, undecided.") String choice,
      @Described("Why, in the user's words.") @Nullable String reason,
      @Described("Whether only to say what would be written.") boolean dryRun) {}

  Capability<LookParameters, HealthResult> look() {
    return new Capability<>(
            "data_health",
            "Tells the state of all that backups depend on as a graph: what works, what does not,"
                + " why, and what to do next.",
            Effect.READS,
            LookParameters.class,
            (parameters, _) -> look(parameters, graph -> graph))
        .titled("Look at what backups depend on")
        .being(Trait.REACHES_OUT)
        .forAgents((parameters, _) -> look(parameters, ControlGraph::summary))
        .answeringWithin(SUMMARY_BYTES);
  }

  private HealthResult look(LookParameters parameters, UnaryOperator<ControlGraph> whole)
      throws InterruptedException {
    if (parameters.refresh()) {
      workspace.settleRestores();
    }
    ControlGraph graph = parameters.refresh() ? cache.rebuild(true) : cache.get();
    return HealthResult.of(
        graph,
        parameters.component() == null ? whole.apply(graph) : part(graph, parameters.component()),
        parameters.versions()
            ? ToolVersions.look(
                workspace.environment(),
                workspace.tool().get().version(),
                workspace.workingDirectory())
            : List.of());
  }

  private static ControlGraph part(ControlGraph graph, String component) {
    return graph
        .part(component)
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorCode.USAGE,
                    "there is no component " + component,
                    graph.parts(ControlGraph.BACKUPS).stream()
                        .map(Node::name)
                        .collect(Collectors.joining(", ", "There are ", "."))));
  }

  Capability<FixParameters, FixReport> fix() {
    return new Capability<>(
            "data_health_fix",
            "Repairs one requirement of the graph and looks at it again; where a person has to do"
                + " it, says how.",
            Effect.POINTS,
            FixParameters.class,
            (parameters, _) -> fix(parameters))
        .titled("Repair a requirement")
        .being(Trait.REACHES_OUT)
        .doing(this::effect)
        .rehearsedBy(
            new DryRunPreview<>(
                given -> new FixParameters(given.requirement(), given.input(), true),
                plan -> List.of(plan.requirement(), plan.kind(), plan.detail()),
                plan -> Impact.of("Repair %s? %s.".formatted(plan.requirement(), plan.detail()))));
  }

  private FixReport fix(FixParameters parameters) throws InterruptedException {
    if (parameters.dryRun()) {
      return health.planFix(parameters.requirement(), parameters.input());
    }
    try {
      return health.fix(parameters.requirement(), parameters.input());
    } finally {
      cache.forget();
    }
  }

  /** A repair that chooses places, or has the system do something, is more than a repair. */
  private Effect effect(FixParameters parameters) {
    if (parameters.dryRun()) {
      return Effect.READS;
    }
    return health.steers(parameters.requirement()) ? Effect.POINTS : Effect.CHANGES;
  }

  Capability<PreferParameters, PreferenceResult> prefer() {
    return new Capability<>(
            "data_health_prefer",
            "Writes down whether the user wants an optional component, and why.",
            Effect.WEAKENS,
            PreferParameters.class,
            (parameters, _) -> prefer(parameters))
        .titled("Say what is wanted")
        .being(Trait.IDEMPOTENT)
        .doing(DataHealth::effect)
        .rehearsedBy(
            new DryRunPreview<>(
                given ->
                    new PreferParameters(given.component(), given.choice(), given.reason(), true),
                plan -> List.of(Json.line(plan)),
                plan -> Impact.of(question(plan))));
  }

  /** What is not wanted is neither pushed to nor missed; what is wanted gets copies. */
  private static Effect effect(PreferParameters parameters) {
    if (parameters.dryRun()) {
      return Effect.READS;
    }
    return choice(parameters.choice()) == Preference.Choice.WANTED ? Effect.POINTS : Effect.WEAKENS;
  }

  private static String question(PreferenceResult plan) {
    return "Have %s be %s? %s"
        .formatted(
            plan.component(),
            plan.choice(),
            switch (Preference.Choice.valueOf(plan.choice().toUpperCase(Locale.ROOT))) {
              case WANTED -> "Copies go there from now on, where it is a place for copies.";
              case UNWANTED ->
                  "It is switched off: nothing is pushed there, and its failures raise no warning.";
              case UNDECIDED -> "There is no warning any more where it is not set up.";
            });
  }

  private PreferenceResult prefer(PreferParameters parameters) throws IOException {
    LabelRules.require("reason", parameters.reason());
    Preference.Choice choice = choice(parameters.choice());
    if (parameters.dryRun()) {
      return health.choosing().plan(parameters.component(), choice, parameters.reason());
    }
    try {
      return health.choosing().choose(parameters.component(), choice, parameters.reason());
    } finally {
      cache.forget();
    }
  }

  private static Preference.Choice choice(String word) {
    return Arrays.stream(Preference.Choice.values())
        .filter(choice -> choice.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorCode.USAGE,
                    "'" + word + "' is not a valid choice",
                    Arrays.stream(Preference.Choice.values())
                        .map(Preference.Choice::word)
                        .collect(Collectors.joining(", ", "Choose one of ", "."))));
  }
}
