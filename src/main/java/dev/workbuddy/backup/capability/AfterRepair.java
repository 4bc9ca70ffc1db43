package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.runs.RunRecords;
import dev.workbuddy.backup.signals.RunNotifications;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What follows a restore, a rescue or a person's word: the record of the last run, the metrics and
 * the ping no longer tell of what is settled.
 */
final class AfterRepair {
  private AfterRepair() {}

  /**
   * Notifies of the repair.
   *
   * @param back databases that were put back, by logical name
   * @return the notifications that failed, in words
   */
  static List<String> tell(Workspace workspace, Settings settings, Set<String> back)
      throws InterruptedException {
    Set<String> open =
        Alarms.open(settings.backupsDir()).stream().map(Alarm::id).collect(Collectors.toSet());
    return tell(workspace, settings, records -> records.repaired(open, back));
  }

  /** The open alarms, to be looked at before something is repaired. */
  static List<Alarm> open(Settings settings) {
    return Alarms.open(settings.backupsDir());
  }

  /** Which of the alarms that were open before are closed because what they tell of is back. */
  static List<Alarm> closed(Settings settings, List<Alarm> before) {
    Set<String> ids = before.stream().map(Alarm::id).collect(Collectors.toSet());
    return Alarms.acknowledged(settings.backupsDir()).stream()
        .filter(alarm -> ids.contains(alarm.id()))
        .filter(alarm -> alarm.ack() != null && alarm.ack().repaired())
        .toList();
  }

  /** Tells them that a restore was taken back, and what it had settled with it. */
  static List<String> tellUndone(Workspace workspace, Settings settings)
      throws InterruptedException {
    List<Alarm> open = Alarms.open(settings.backupsDir());
    return tell(workspace, settings, records -> records.reopened(open));
  }

  @FunctionalInterface
  private interface Change {
    Optional<RunRecord> in(RunRecords records) throws IOException, InterruptedException;
  }

  private static List<String> tell(Workspace workspace, Settings settings, Change change)
      throws InterruptedException {
    try {
      Optional<RunRecord> changed =
          change.in(new RunRecords(settings.backupsDir(), workspace.machine()));
      return changed.isPresent()
          ? new RunNotifications(settings, workspace.machine()).changed(changed.get())
          : List.of();
    } catch (IOException e) {
      return List.of("the record of the last run was not brought up to date: " + IoMessages.of(e));
    } catch (BackupException e) {
      return List.of("the record of the last run was not brought up to date: " + e.text());
    }
  }
}
