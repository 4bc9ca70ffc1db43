package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.AlsoCalled;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.RestorePlan;
import dev.workbuddy.backup.restore.RestoreRequest;
import dev.workbuddy.backup.restore.RestoreResult;
import dev.workbuddy.backup.restore.RestoreSnapshot;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Restores a snapshot. */
public final class DataRestore {
  /** A plan is for reading, whatever lies beside the databases. */
  private static final int PLAN_BYTES = 7 << 10;

  private DataRestore() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   * @param force whether to go on where a guard would refuse; never past damage
   * @param only the databases to restore, by logical name; empty for all
   * @param also databases of the snapshot, by logical name, that are restored although the
   *     configuration does not know them
   * @param noMigrate whether to leave the databases at the schema of the snapshot
   * @param dryRun whether to make the plan only
   * @param from the name of a remote to fetch it from; null for this machine, and where it has none
   *     for the first configured remote that has it
   * @param to a directory to unpack into instead of the live one; absolute, or null
   */
  public record Parameters(
      @Described(
              "An id, an unambiguous beginning of one, or latest: the newest complete one that"
                  + " neither raised an alarm nor was taken before a rescue or migration.")
          String snapshotId,
      @Described("Whether to go on where a guard would refuse; never past damage.") boolean force,
      @Described("The databases to restore, by logical name; all without it.") Set<String> only,
      @Described(
              "Databases to restore although the configuration does not know them, to where the"
                  + " snapshot has them.")
          Set<String> also,
      @Described("Whether to leave the databases at the schema of the snapshot.") boolean noMigrate,
      @Described("Whether to make the plan only.") boolean dryRun,
      @Described(
              "The name of a remote to fetch it from, or configured: whichever of the configuration"
                  + " has it; without it this machine comes first.")
          @AlsoCalled(value = "from_remote", truth = Places.CONFIGURED)
          @Nullable String from,
      @Described("A new directory to unpack into instead of the live one.") @Nullable Path to) {}

  static Capability<Parameters, RestoreResult> in(Workspace workspace) {
    return new Capability<>(
            "data_restore",
            "Puts a snapshot back in place of the live databases, checked first, the old data kept"
                + " for a rollback.",
            Effect.DESTROYS,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Restore a snapshot")
        .being(Trait.REACHES_OUT)
        .doing(parameters -> effect(workspace, parameters))
        .answeringWithin(PLAN_BYTES)
        .rehearsedBy(new RestoreRehearsal(workspace));
  }

  private static Effect effect(Workspace workspace, Parameters parameters) {
    Effect source = Places.effect(workspace, parameters.from());
    if (parameters.dryRun()) {
      return parameters.from() == null ? Effect.READS : source;
    }
    return parameters.to() == null ? Effect.DESTROYS : Effect.POINTS;
  }

  /** On a freshly installed machine nothing is backed up yet, however well the restore went. */
  private static RestoreResult withNextStep(
      Workspace workspace, RestoreResult restored, Parameters parameters, Settings settings) {
    return workspace.hasConfigurationFile() || parameters.to() != null
        ? restored
        : restored.warning(
            "there is no configuration on this machine, so nothing is backed up yet. Next:"
                + " `wb-backup init %s`, then name %s under `backups` in config.yaml"
                    .formatted(settings.dataRoot(), parameters.from()));
  }

  private static RestoreResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    SnapshotSource source =
        SnapshotSource.of(workspace, parameters.snapshotId(), parameters.from(), progress);
    return call(workspace, source, parameters, progress);
  }

  /** Restores what was found. */
  static RestoreResult call(
      Workspace workspace, SnapshotSource source, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    RestoreSnapshot restore =
        new RestoreSnapshot(
            source.settings(),
            workspace.machine(),
            workspace.exchange().get(),
            workspace.hooks(source.settings()));
    RestoreRequest request =
        new RestoreRequest(
            source.snapshotId(),
            parameters.force(),
            parameters.only(),
            parameters.also(),
            !parameters.noMigrate(),
            parameters.to());
    List<Alarm> open = AfterRepair.open(source.settings());
    RestoreResult result =
        parameters.dryRun()
            ? restore.plan(request)
            : withNextStep(
                workspace, restore.run(request, progress), parameters, source.settings());
    if (result.plan().live() && !parameters.dryRun()) {
      result = result.closing(AfterRepair.closed(source.settings(), open));
      Set<String> back =
          result.plan().databases().stream()
              .map(RestorePlan.Planned::name)
              .collect(Collectors.toSet());
      for (String trouble : AfterRepair.tell(workspace, source.settings(), back)) {
        result = result.warning(trouble);
      }
    }
    String remark = source.remark();
    return remark == null ? result : result.warning(remark);
  }
}
