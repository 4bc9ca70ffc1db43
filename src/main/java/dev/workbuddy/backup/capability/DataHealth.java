package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.control.CapabilityEntry;
import dev.workbuddy.backup.control.ControlGraph;
import dev.workbuddy.backup.control.GraphBuilder;
import dev.workbuddy.backup.control.GraphCache;
import dev.workbuddy.backup.health.FixReport;
import dev.workbuddy.backup.health.Health;
import dev.workbuddy.backup.health.PreferenceResult;
import dev.workbuddy.backup.health.ToolVersions;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells the state of everything, repairs it, and writes down what the user wants. */
public final class DataHealth {
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
            Thread::startVirtualThread);
  }

  /**
   * The typed parameters.
   *
   * @param refresh whether to look at everything now and ask the network again; else what was found
   *     a short while ago is enough
   * @param versions whether to ask programs for their versions
   */
  public record LookParameters(
      @Described("Whether to look at everything now and ask the network again.") boolean refresh,
      @Described("Whether to ask programs for their versions.") boolean versions) {}

  /**
   * The typed parameters.
   *
   * @param requirement what to repair
   * @param input what its fixer asks for, by the names of its fields
   */
  public record FixParameters(
      @Described("What to repair, by its name in the graph.") String requirement,
      @Described("What its fixer asks for, by the names of its fields.")
          Map<String, String> input) {
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
   */
  public record PreferParameters(
      @Described("An optional component, by its name in the graph.") String component,
      @Described("One of wanted, unwanted, undecided.") String choice,
      @Described("Why, in the user's words.") @Nullable String reason) {}

  Capability<LookParameters, HealthResult> look() {
    return new Capability<>(
            "data_health",
            "Tells the state of all that backups depend on as a graph: what works, what does not,"
                + " why, and what to do next.",
            Effect.READS,
            LookParameters.class,
            (parameters, _) -> look(parameters))
        .titled("Look at what backups depend on")
        .being(Trait.REACHES_OUT);
  }

  private HealthResult look(LookParameters parameters) throws InterruptedException {
    if (parameters.refresh()) {
      workspace.settleRestores();
    }
    ControlGraph graph = parameters.refresh() ? cache.rebuild(true) : cache.get();
    return HealthResult.of(
        graph,
        parameters.versions()
            ? ToolVersions.look(
                workspace.environment(),
                workspace.tool().get().version(),
                workspace.workingDirectory())
            : List.of());
  }

  Capability<FixParameters, FixReport> fix() {
    return new Capability<>(
            "data_health_fix",
            "Repairs one requirement of the graph and looks at it again; where a person has to do"
                + " it, says how.",
            Effect.CHANGES,
            FixParameters.class,
            (parameters, _) -> {
              try {
                return health.fix(parameters.requirement(), parameters.input());
              } finally {
                cache.forget();
              }
            })
        .titled("Repair a requirement")
        .being(Trait.REACHES_OUT);
  }

  Capability<PreferParameters, PreferenceResult> prefer() {
    return new Capability<>(
            "data_health_prefer",
            "Writes down whether the user wants an optional component, and why.",
            Effect.CHANGES,
            PreferParameters.class,
            (parameters, _) -> prefer(parameters))
        .titled("Say what is wanted")
        .being(Trait.IDEMPOTENT);
  }

  private PreferenceResult prefer(PreferParameters parameters) throws IOException {
    Words.require("reason", parameters.reason());
    Preference.Choice choice = choice(parameters.choice());
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
                    "'" + word + "' is no choice",
                    Arrays.stream(Preference.Choice.values())
                        .map(Preference.Choice::word)
                        .collect(Collectors.joining(", ", "Choose one of ", "."))));
  }
}
