package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.migrate.LiveLadders;
import dev.workbuddy.backup.migrate.MigrateDatabases;
import dev.workbuddy.backup.migrate.MigrateRequest;
import dev.workbuddy.backup.migrate.MigrateResult;
import dev.workbuddy.backup.migrate.NewStep;
import dev.workbuddy.backup.migrate.SchemaReport;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.migration.MigrationRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Schema versions of the live databases: where they stand, bringing them up, adding a step. */
public final class Migrate {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

  private Migrate() {}

  /** None: all live databases are meant. */
  public record StatusParameters() {}

  /**
   * The typed parameters of a run.
   *
   * @param only the databases to migrate, by logical name; empty for all that have migrations
   * @param snapshot whether to take a snapshot first
   * @param dryRun whether to make the plan only
   */
  public record RunParameters(
      @Described("The databases to migrate, by logical name; without it all that have migrations.")
          Set<String> only,
      @Described("Whether to take a snapshot first.") @ByDefault("true") boolean snapshot,
      @Described("Whether to make the plan only.") boolean dryRun) {
    public RunParameters {
      only = Set.copyOf(only);
    }
  }

  /**
   * The typed parameters of a new step.
   *
   * @param name a few words on what the step is for
   * @param database the logical name of the database
   */
  public record NewParameters(
      @Described("A short description of the step.") String name,
      @Described("The logical name of the database.") String database) {}

  static Capability<StatusParameters, SchemaReport> status(Workspace workspace) {
    return new Capability<>(
            "migrate_status",
            "Shows the schema version of each live database, the steps that are pending, and those"
                + " that were edited after they had been applied.",
            Effect.READS,
            StatusParameters.class,
            (_, _) -> new LiveLadders(workspace.settings()).report(runner(workspace)))
        .titled("Show schema versions");
  }

  static Capability<RunParameters, MigrateResult> run(Workspace workspace) {
    return new Capability<>(
            "migrate_run",
            "Brings the live databases to today's schema versions, with a snapshot first.",
            Effect.DESTROYS,
            RunParameters.class,
            (parameters, progress) -> {
              MigrateDatabases upgrade = upgrade(workspace);
              MigrateRequest request = new MigrateRequest(parameters.only(), parameters.snapshot());
              return parameters.dryRun() ? upgrade.plan(request) : upgrade.run(request, progress);
            })
        .titled("Migrate the live databases")
        .being(Trait.IDEMPOTENT)
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.DESTROYS)
        .rehearsedBy(rehearsal(workspace));
  }

  static Capability<NewParameters, NewStep> add(Workspace workspace) {
    return new Capability<>(
            "migrate_new",
            "Writes the file for the next step of a database whose migrations are SQL files.",
            Effect.CHANGES,
            NewParameters.class,
            (parameters, _) ->
                new LiveLadders(workspace.config().settings())
                    .add(parameters.name(), parameters.database()))
        .titled("Add a migration step");
  }

  private static Preview<RunParameters, MigrateResult> rehearsal(Workspace workspace) {
    return new DryRunPreview<>(
        parameters -> new RunParameters(parameters.only(), parameters.snapshot(), true),
        plan -> LiveState.and(workspace.settings(), plan),
        plan ->
            Impact.of(
                "Change the schema of %s?"
                    .formatted(
                        plan.migrated().isEmpty()
                            ? "nothing"
                            : new TreeMap<>(plan.migrated())
                                .entrySet().stream()
                                    .map(each -> climb(each.getKey(), each.getValue()))
                                    .collect(Collectors.joining(", ")))));
  }

  private static String climb(String database, Migration climb) {
    return "%s (version %d to %d, %d steps)"
        .formatted(database, climb.from(), climb.to(), climb.steps().size());
  }

  private static MigrationRunner runner(Workspace workspace) {
    return new MigrationRunner(workspace.clock(), BUSY_TIMEOUT);
  }

  private static MigrateDatabases upgrade(Workspace workspace) throws IOException {
    Settings settings = workspace.settings();
    return new MigrateDatabases(
        settings,
        new TakeSnapshot(settings, workspace.tool().get(), workspace.machine()),
        runner(workspace),
        workspace.clock(),
        workspace.user());
  }
}
