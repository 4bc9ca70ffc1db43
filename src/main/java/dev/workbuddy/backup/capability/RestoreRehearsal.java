package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.diff.DiffDatabases;
import dev.workbuddy.backup.diff.DiffRequest;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.RestorePlan;
import dev.workbuddy.backup.restore.RestoreResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows what a restore into the live directory would cost. */
record RestoreRehearsal(Workspace workspace)
    implements Preview<DataRestore.Parameters, RestoreResult> {

  /** A plan for a snapshot of a remote begins with fetching it. */
  @Override
  public boolean canShow(DataRestore.Parameters parameters) {
    return Places.isConfigured(workspace, parameters.from());
  }

  @Override
  public DataRestore.Parameters dry(DataRestore.Parameters parameters) {
    return new DataRestore.Parameters(
        parameters.snapshotId(),
        parameters.force(),
        parameters.only(),
        parameters.also(),
        parameters.noMigrate(),
        true,
        parameters.from(),
        parameters.to());
  }

  /** The snapshot is here by now; another one may be the latest. */
  @Override
  public Capability.Operation<DataRestore.Parameters, RestoreResult> pinned(
      RestoreResult plan, Capability.Operation<DataRestore.Parameters, RestoreResult> operation) {
    return (parameters, progress) ->
        DataRestore.call(
            workspace,
            SnapshotSource.here(workspace, plan.plan().snapshotId()),
            parameters,
            progress);
  }

  @Override
  public List<String> state(RestoreResult plan) throws IOException {
    return plan.plan().live()
        ? LiveState.and(workspace.settingsOfLostData(), plan.plan())
        : List.of(Json.line(plan.plan()));
  }

  @Override
  public Impact stakes(DataRestore.Parameters parameters, RestoreResult result, Progress progress)
      throws IOException {
    RestorePlan plan = result.plan();
    if (!plan.live()) {
      return Impact.of(
          "Unpack %s of %s into the new directory %s? The live data stays as it is."
              .formatted(names(plan), plan.snapshotId(), plan.target()));
    }
    List<String> warnings = new ArrayList<>(result.warnings());
    List<Impact.Loss> losses = losses(plan, warnings, progress);
    Instant taken = Instant.parse(plan.takenAt());
    return new Impact(
        "Replace %s in %s by the data of %s? %s What is there now is kept for a rollback."
            .formatted(names(plan), plan.target(), plan.takenAt(), RowLosses.sum(losses)),
        Duration.between(taken, workspace.clock().instant()).toSeconds(),
        losses,
        warnings);
  }

  private static String names(RestorePlan plan) {
    return plan.databases().stream()
        .map(RestorePlan.Planned::name)
        .collect(Collectors.joining(", "));
  }

  private List<Impact.Loss> losses(RestorePlan plan, List<String> warnings, Progress progress)
      throws IOException {
    Set<String> replaced =
        plan.databases().stream()
            .filter(RestorePlan.Planned::replaces)
            .map(RestorePlan.Planned::name)
            .collect(Collectors.toSet());
    if (replaced.isEmpty()) {
      return List.of();
    }
    Settings settings = knowing(plan, workspace.settingsOfLostData());
    DiffRequest request =
        new DiffRequest(plan.snapshotId(), DiffRequest.LIVE, replaced, Set.of(), true, 0, null);
    return RowLosses.of(
        () -> new DiffDatabases(settings, workspace.clock()).run(request, progress), warnings);
  }

  /**
   * Adds the databases that are restored although the configuration does not name them: they
   * replace files, too.
   */
  private static Settings knowing(RestorePlan plan, Settings settings) {
    return settings.including(
        plan.databases().stream()
            .filter(planned -> settings.database(planned.name()).isEmpty())
            .map(planned -> new VitalDatabase(planned.name(), planned.file(), null))
            .toList());
  }
}
