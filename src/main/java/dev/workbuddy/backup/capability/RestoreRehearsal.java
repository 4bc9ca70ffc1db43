package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.recovery.DiffDatabases;
import dev.workbuddy.backup.recovery.DiffRequest;
import dev.workbuddy.backup.recovery.DiffResult;
import dev.workbuddy.backup.restore.RestorePlan;
import dev.workbuddy.backup.restore.RestoreResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows what a restore into the live directory would cost. */
record RestoreRehearsal(Workspace workspace)
    implements Rehearsal<DataRestore.Parameters, RestoreResult> {

  @Override
  public boolean destroys(DataRestore.Parameters parameters) {
    return !parameters.dryRun() && parameters.to() == null;
  }

  @Override
  public DataRestore.Parameters dry(DataRestore.Parameters parameters) {
    return new DataRestore.Parameters(
        parameters.snapshotId(),
        parameters.force(),
        parameters.only(),
        true,
        parameters.from(),
        parameters.to());
  }

  @Override
  public List<String> state(RestoreResult plan) throws IOException {
    return LiveState.and(workspace.settingsOfLostData(), plan.plan());
  }

  @Override
  public Stakes stakes(DataRestore.Parameters parameters, RestoreResult result, Progress progress)
      throws IOException {
    RestorePlan plan = result.plan();
    List<String> warnings = new ArrayList<>(result.warnings());
    List<Stakes.Loss> losses = losses(plan, warnings, progress);
    Instant taken = Instant.parse(plan.takenAt());
    return new Stakes(
        "Replace %s in %s by the data of %s? What is there now is kept for a rollback."
            .formatted(
                plan.databases().stream()
                    .map(RestorePlan.Planned::name)
                    .collect(Collectors.joining(", ")),
                plan.target(),
                plan.takenAt()),
        Duration.between(taken, workspace.clock().instant()).toSeconds(),
        losses,
        warnings);
  }

  private List<Stakes.Loss> losses(RestorePlan plan, List<String> warnings, Progress progress)
      throws IOException {
    Set<String> replaced =
        plan.databases().stream()
            .filter(RestorePlan.Planned::replaces)
            .map(RestorePlan.Planned::name)
            .collect(Collectors.toSet());
    if (replaced.isEmpty()) {
      return List.of();
    }
    Settings settings = workspace.settingsOfLostData();
    DiffRequest request =
        new DiffRequest(plan.snapshotId(), DiffRequest.LIVE, replaced, Set.of(), true, 0, null);
    try {
      DiffResult diff = new DiffDatabases(settings, workspace.clock()).run(request, progress);
      warnings.addAll(diff.warnings());
      return diff.databases().stream()
          .flatMap(
              database ->
                  database.tables().stream()
                      .filter(DiffResult.TableDiff::differs)
                      .map(table -> loss(database.database(), table)))
          .toList();
    } catch (BackupException e) {
      warnings.add("what would be lost could not be counted: " + e.text());
      return List.of();
    }
  }

  /** The snapshot is what was before, the live data what came after it. */
  private static Stakes.Loss loss(String database, DiffResult.TableDiff table) {
    long now = Objects.requireNonNullElse(table.after(), 0L);
    long then = Objects.requireNonNullElse(table.before(), 0L);
    DiffResult.RowsDiff rows = table.rows();
    return rows == null
        ? new Stakes.Loss(
            database, table.table(), now, Math.max(0, now - then), 0, Math.max(0, then - now))
        : new Stakes.Loss(
            database, table.table(), now, rows.added(), rows.changed(), rows.removed());
  }
}
