package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.diff.DiffDatabases;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.RollbackResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows what taking the last restore back would cost. */
record RollbackRehearsal(Workspace workspace)
    implements Preview<DataRollback.Parameters, RollbackResult> {

  @Override
  public DataRollback.Parameters dry(DataRollback.Parameters parameters) {
    return new DataRollback.Parameters(true);
  }

  @Override
  public List<String> state(RollbackResult plan) throws IOException {
    return LiveState.and(workspace.settings(), plan);
  }

  /** By then another restore may be the last. */
  @Override
  public Capability.Operation<DataRollback.Parameters, RollbackResult> pinned(
      RollbackResult plan,
      Capability.Operation<DataRollback.Parameters, RollbackResult> operation) {
    return (parameters, progress) -> DataRollback.call(workspace, parameters, plan, progress);
  }

  @Override
  public Impact stakes(DataRollback.Parameters parameters, RollbackResult plan, Progress progress)
      throws IOException {
    List<String> warnings = new ArrayList<>(plan.warnings());
    List<Impact.Loss> losses = losses(plan, warnings, progress);
    return new Impact(
        "Bring back what the restore of %s replaced (%s)? %s What is there now, with all that was"
                .formatted(
                    plan.undone(), String.join(", ", plan.databases()), RowLosses.sum(losses))
            + " written since, is kept in turn.",
        age(plan),
        losses,
        warnings);
  }

  private @Nullable Long age(RollbackResult plan) {
    String restoredAt = plan.restoredAt();
    return restoredAt == null
        ? null
        : (Long)
            Duration.between(Instant.parse(restoredAt), workspace.clock().instant()).toSeconds();
  }

  private List<Impact.Loss> losses(RollbackResult plan, List<String> warnings, Progress progress)
      throws IOException {
    Settings settings = knowing(plan, workspace.settings());
    Map<String, Path> kept = DataRollback.of(workspace, settings).kept();
    Map<String, Path> compared = new TreeMap<>();
    for (VitalDatabase database : settings.databases()) {
      boolean live = Files.isRegularFile(database.in(settings.dbDir()));
      Path old = kept.get(database.path());
      if (live && old != null) {
        compared.put(database.name(), old);
      } else if (live && plan.databases().contains(database.path())) {
        warnings.add(database.name() + " was not there before that restore, and goes");
      }
    }
    return RowLosses.of(
        () -> new DiffDatabases(settings, workspace.clock()).withLive(compared, progress),
        warnings);
  }

  /** What the configuration does not know any more is known by its file. */
  private static Settings knowing(RollbackResult plan, Settings settings) {
    return settings.including(
        plan.databases().stream()
            .filter(file -> settings.databases().stream().noneMatch(it -> it.path().equals(file)))
            .map(file -> new VitalDatabase(file, file, null))
            .toList());
  }
}
