package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.recovery.RescueOptions;
import dev.workbuddy.backup.recovery.RescueRequest;
import dev.workbuddy.backup.recovery.RescueResult;
import dev.workbuddy.backup.recovery.RescueRows;
import dev.workbuddy.backup.snapshot.SnapshotIds;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings lost rows back into the live databases. */
public final class DataRescue {
  private DataRescue() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   * @param databases by logical name; empty for all
   * @param tables by name; empty for all
   * @param where a condition in SQL on the rows of the one table in {@code tables}; null for all
   * @param includeChanged whether rows that differ become what they were, too
   * @param overwrite whether newer rows give way to lost ones that have the same unique value
   * @param keyless whether tables without a primary key take part, rows told apart by content
   * @param triggers whether the live database's triggers see the rows come
   * @param batch how many rows one transaction brings back at most; 0 for all in one
   * @param apply whether to do it rather than show what would be done
   */
  public record Parameters(
      String snapshotId,
      Set<String> databases,
      Set<String> tables,
      @Nullable String where,
      boolean includeChanged,
      boolean overwrite,
      boolean keyless,
      boolean triggers,
      int batch,
      boolean apply) {
    public Parameters {
      databases = Set.copyOf(databases);
      tables = Set.copyOf(tables);
    }
  }

  static Capability<Parameters, RescueResult> in(Workspace workspace) {
    return new Capability<>(
        "data_rescue",
        "Brings back rows that a snapshot has and the live databases lack, and keeps everything"
            + " written since; shows what it would do unless told to apply it.",
        Effect.CHANGES,
        Parameters.class,
        (parameters, progress) -> call(workspace, parameters, progress));
  }

  private static RescueResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    Settings settings = workspace.settings();
    SnapshotIds ids = new SnapshotIds(workspace.clock(), workspace.waiting());
    TakeSnapshot snapshots =
        new TakeSnapshot(settings, workspace.tool(), workspace.host(), workspace.clock(), ids);
    RescueRows rescue = new RescueRows(settings, snapshots, workspace.clock(), workspace.waiting());
    RescueRequest request =
        new RescueRequest(
            parameters.snapshotId(),
            parameters.databases(),
            parameters.tables(),
            parameters.where(),
            new RescueOptions(
                parameters.includeChanged(),
                parameters.overwrite(),
                parameters.keyless(),
                parameters.triggers(),
                parameters.batch()));
    return parameters.apply() ? rescue.run(request, progress) : rescue.plan(request, progress);
  }
}
