package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.RemoteHistory;
import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Moment;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds or releases a snapshot. */
public final class DataHold {
  private static final int MOST_HELD = 20;

  private DataHold() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   * @param reason why it is held
   * @param release whether to release it instead, after which sweeps may delete it
   * @param dryRun whether only to say what would be done
   */
  public record Parameters(
      @Described("An id, an unambiguous beginning of one, or latest.") String snapshotId,
      @Described("Why it is held.") @ByDefault("held by hand") String reason,
      @Described("Whether to release it instead, after which sweeps may delete it.")
          boolean release,
      @Described("Whether only to say what would be done.") boolean dryRun) {}

  static Capability<Parameters, HoldResult> in(Workspace workspace) {
    return new Capability<>(
            "data_hold",
            "Marks a snapshot and its copies so that no sweep deletes them, or releases them"
                + " again.",
            Effect.WEAKENS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Hold or release a snapshot")
        .being(Trait.IDEMPOTENT, Trait.REACHES_OUT)
        .doing(DataHold::effect)
        .forAgents((parameters, _) -> callByAgent(workspace, parameters))
        .rehearsedBy(rehearsal());
  }

  /**
   * An agent's holds are few: what is held is never swept, and would fill the disk in the end.
   *
   * @throws BackupException {@code refused} where it would be one too many
   */
  private static HoldResult callByAgent(Workspace workspace, Parameters parameters)
      throws IOException, InterruptedException {
    List<StoredSnapshot> all = workspace.store().list();
    boolean more =
        !parameters.release()
            && !new SnapshotFinder(workspace.store()).find(parameters.snapshotId()).isHeld();
    if (more && all.stream().filter(StoredSnapshot::isHeld).count() >= MOST_HELD) {
      throw new BackupException(
          ErrorCode.NOT_CONFIRMED,
          MOST_HELD + " snapshots are held already; an agent holds no more",
          "Ask the person to run `wb-backup hold %s`, or to release one that is not needed."
              .formatted(parameters.snapshotId()));
    }
    return call(workspace, parameters);
  }

  private static Effect effect(Parameters parameters) {
    if (parameters.dryRun()) {
      return Effect.READS;
    }
    return parameters.release() ? Effect.WEAKENS : Effect.CHANGES;
  }

  private static Preview<Parameters, HoldResult> rehearsal() {
    return new DryRunPreview<>(
        given -> new Parameters(given.snapshotId(), given.reason(), given.release(), true),
        plan -> List.of(Json.line(plan)),
        plan -> Impact.of(question(plan)));
  }

  private static String question(HoldResult plan) {
    Hold now = plan.before();
    return "Release %s%s? The next sweep may delete it for good, here and in the remotes."
        .formatted(
            plan.snapshotId(),
            now == null
                ? ", which is not held here"
                : ", held since %s by %s: %s"
                    .formatted(Moment.text(now.at()), now.by(), now.reason()));
  }

  private static HoldResult call(Workspace workspace, Parameters parameters)
      throws IOException, InterruptedException {
    LabelRules.require("reason", parameters.reason());
    Settings settings = workspace.settings();
    LocalStore store = new LocalStore(settings.backupsDir());
    StoredSnapshot snapshot = new SnapshotFinder(store).find(parameters.snapshotId());
    Hold hold =
        parameters.release()
            ? null
            : new Hold(parameters.reason(), workspace.user(), workspace.clock().instant());
    if (parameters.dryRun()) {
      return new HoldResult(snapshot.id(), hold, snapshot.hold(), List.of());
    }
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "hold a snapshot")) {
      if (hold == null) {
        store.release(snapshot);
      } else {
        store.hold(snapshot, hold);
      }
    }
    try (RemoteHistory history = RemoteHistory.of(settings, workspace.machine())) {
      return new HoldResult(
          snapshot.id(),
          hold,
          snapshot.hold(),
          history.hold(snapshot.id(), origin(snapshot), hold));
    }
  }

  private static @Nullable String origin(StoredSnapshot snapshot) {
    return snapshot.readManifest().map(Manifest::identity).map(Identity::markOf).orElse(null);
  }
}
