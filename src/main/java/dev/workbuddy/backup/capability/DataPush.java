package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.PushRequest;
import dev.workbuddy.backup.backup.PushResult;
import dev.workbuddy.backup.backup.PushSnapshots;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.capability.schema.OnTerminal;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.health.PushGate;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.runs.RunRecords;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pushes snapshots. */
public final class DataPush {
  private DataPush() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}; null for all that
   *     a remote should hold and does not
   * @param accept the name of a remote whose place lost its mark or its copies, and is to be taken
   *     as it is now; null for none. Only a person can give one
   */
  public record Parameters(
      @Described(
              "An id, an unambiguous beginning of one, or latest; without it all that a remote"
                  + " lacks and should hold.")
          @Nullable String snapshotId,
      @Described(
              "The name of a remote whose place was emptied or replaced on purpose, and is to be"
                  + " taken as it is now.")
          @OnTerminal
          @Nullable String accept) {}

  static Capability<Parameters, PushResult> in(Workspace workspace) {
    return new Capability<>(
            "data_push",
            "Pushes a snapshot, or all that are missing there, to every configured remote, and"
                + " sweeps it.",
            Effect.CHANGES,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Push snapshots")
        .being(Trait.IDEMPOTENT, Trait.REACHES_OUT);
  }

  private static PushResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    String id = parameters.snapshotId();
    Settings settings = workspace.settings();
    PushGate gate = workspace.health().gate();
    if (gate.settings().remotes().hasNone() && !settings.remotes().hasNone()) {
      throw closed(gate.closed().getFirst());
    }
    PushResult result =
        new PushSnapshots(gate.settings(), workspace.machine()).run(request(parameters), progress);
    new RunRecords(settings.backupsDir(), workspace.machine())
        .pushed(id == null ? "" : id, result.remotes());
    return result.with(gate.closed().stream().map(PushGate.Closed::report).toList());
  }

  private static PushRequest request(Parameters parameters) {
    String id = parameters.snapshotId();
    PushRequest request = id == null ? PushRequest.allMissing() : PushRequest.one(id);
    return request.accepting(parameters.accept());
  }

  private static BackupException closed(PushGate.Closed place) {
    return new BackupException(
        ErrorCode.REMOTE_REFUSED,
        "nothing is pushed to %s: %s".formatted(place.remote(), place.reason()),
        place.hint());
  }
}
