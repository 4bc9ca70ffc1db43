package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.upgrade.LiveLadders;
import dev.workbuddy.backup.upgrade.NewStep;
import dev.workbuddy.backup.upgrade.SchemaReport;
import dev.workbuddy.backup.upgrade.UpgradeDatabases;
import dev.workbuddy.backup.upgrade.UpgradeRequest;
import dev.workbuddy.backup.upgrade.UpgradeResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

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
  public record RunParameters(Set<String> only, boolean snapshot, boolean dryRun) {
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
  public record NewParameters(String name, String database) {}

  static Capability<StatusParameters, SchemaReport> status(Workspace workspace) {
    return new Capability<>(
        "migrate_status",
        "Shows the schema version of each live database, the steps that are pending, and those"
            + " that were edited after they had been applied.",
        Effect.READS,
        StatusParameters.class,
        (_, _) -> new LiveLadders(workspace.settings()).report(runner(workspace)));
  }

  static Capability<RunParameters, UpgradeResult> run(Workspace workspace) {
    return new Capability<>(
        "migrate_run",
        "Brings the live databases to today's schema versions, with a snapshot first.",
        Effect.DESTROYS,
        RunParameters.class,
        (parameters, progress) -> {
          UpgradeDatabases upgrade = upgrade(workspace);
          UpgradeRequest request = new UpgradeRequest(parameters.only(), parameters.snapshot());
          return parameters.dryRun() ? upgrade.plan(request) : upgrade.run(request, progress);
        });
  }

  static Capability<NewParameters, NewStep> add(Workspace workspace) {
    return new Capability<>(
        "migrate_new",
        "Writes the file for the next step of a database whose migrations are SQL files.",
        Effect.CHANGES,
        NewParameters.class,
        (parameters, _) ->
            new LiveLadders(workspace.config().settings())
                .add(parameters.name(), parameters.database()));
  }

  private static MigrationRunner runner(Workspace workspace) {
    return new MigrationRunner(workspace.clock(), BUSY_TIMEOUT);
  }

  private static UpgradeDatabases upgrade(Workspace workspace) throws IOException {
    Settings settings = workspace.settings();
    return new UpgradeDatabases(
        settings,
        new TakeSnapshot(settings, workspace.tool(), workspace.machine()),
        runner(workspace),
        workspace.clock(),
        workspace.user());
  }
}
