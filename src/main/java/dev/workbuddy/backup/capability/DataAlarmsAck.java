package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.RemoteHistory;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.AcknowledgeAlarms;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts alarms aside. */
public final class DataAlarmsAck {
  private DataAlarmsAck() {}

  /**
   * The typed parameters.
   *
   * @param alarmId an id, or an unambiguous beginning of one; null with {@code all}
   * @param all whether every open alarm is meant
   * @param why what came of looking into it
   * @param keepHold whether the last good snapshot stays held
   * @param dryRun whether only to list the alarms that would be put aside
   */
  public record Parameters(
      @Described("An id, or an unambiguous beginning of one.") @Nullable String alarmId,
      @Described("Whether every open alarm is meant.") boolean all,
      @Described("The result of your investigation.") String why,
      @Described("Whether the last good snapshot stays held.") boolean keepHold,
      @Described("Whether only to list the alarms that would be acknowledged.") boolean dryRun) {}

  static Capability<Parameters, AckResult> in(Workspace workspace) {
    return new Capability<>(
            "data_alarms_ack",
            "Acknowledges an alarm, or all, after somebody has looked into it: sweeps go on, the"
                + " hold of the last good snapshot is released unless it is to be kept, and what is"
                + " there now is the new normal.",
            Effect.WEAKENS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Acknowledge an alarm")
        .being(Trait.REACHES_OUT)
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.WEAKENS)
        .rehearsedBy(rehearsal());
  }

  /** It destroys nothing, but the next sweep may. */
  private static Preview<Parameters, AckResult> rehearsal() {
    return new DryRunPreview<>(
        given -> new Parameters(given.alarmId(), given.all(), given.why(), given.keepHold(), true),
        plan -> plan.acknowledged().stream().map(Alarm::id).toList(),
        plan ->
            Impact.of(
                "Acknowledge what looks like lost data, so that sweeps may delete older snapshots"
                    + " again, and the last good one unless its hold is kept?"
                    + plan.acknowledged().stream()
                        .map(alarm -> " " + alarm.detail() + ".")
                        .collect(Collectors.joining())));
  }

  private static AckResult call(Workspace workspace, Parameters parameters)
      throws IOException, InterruptedException {
    LabelRules.require("reason", parameters.why());
    requireMeant(parameters);
    Settings settings = workspace.settings();
    Alarm.Ack word =
        new Alarm.Ack(
            workspace.user(), parameters.why(), workspace.clock().instant(), parameters.keepHold());
    AcknowledgeAlarms alarms =
        new AcknowledgeAlarms(new LocalStore(settings.backupsDir()), settings.lockFile());
    AcknowledgeAlarms.Result done =
        parameters.dryRun()
            ? alarms.plan(parameters.alarmId())
            : alarms.run(parameters.alarmId(), word);
    List<String> untold =
        parameters.dryRun() ? List.of() : AfterRepair.tell(workspace, settings, Set.of());
    List<String> released = ids(done, false);
    return new AckResult(
        done.acknowledged(),
        released,
        ids(done, true),
        done.open(),
        released.isEmpty() ? "" : keeping(released.getFirst()),
        Stream.concat(passOn(workspace, settings, done.holds()).stream(), untold.stream())
            .toList());
  }

  private static void requireMeant(Parameters parameters) {
    if (parameters.all() == (parameters.alarmId() != null)) {
      throw new BackupException(
          ErrorCode.USAGE, "name one alarm, or all of them", "Give an ID, or --all.");
    }
    if (parameters.why().isBlank()) {
      throw new BackupException(
          ErrorCode.USAGE, "the reason is empty", "Say with --why what came of looking into it.");
    }
  }

  private static String keeping(String released) {
    return "The next sweep may delete what is released. `wb-backup hold %s` keeps it; --keep-hold"
            .formatted(released)
        + " would have.";
  }

  private static List<String> ids(AcknowledgeAlarms.Result done, boolean held) {
    return done.holds().entrySet().stream()
        .filter(entry -> entry.getValue().isPresent() == held)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> passOn(
      Workspace workspace, Settings settings, Map<String, Optional<Hold>> holds)
      throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>();
    if (holds.isEmpty() || settings.remotes().hasNone()) {
      return problems;
    }
    try (RemoteHistory history = RemoteHistory.of(settings, workspace.machine())) {
      for (Map.Entry<String, Optional<Hold>> entry : holds.entrySet()) {
        SnapshotId id = SnapshotId.parse(entry.getKey()).orElseThrow();
        problems.addAll(history.hold(id, null, entry.getValue().orElse(null)));
      }
    }
    return problems;
  }
}
