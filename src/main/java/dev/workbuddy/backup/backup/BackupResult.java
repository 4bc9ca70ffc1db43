package dev.workbuddy.backup.backup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.runs.TakenSnapshot;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.sqlite.Objection;
import dev.workbuddy.backup.sqlite.Unchecked;
import java.util.List;
import java.util.stream.Stream;

/**
 * A snapshot that was taken.
 *
 * @param status {@link Status#INCOMPLETE} where some vital database is not inside, or an alarm is
 *     open
 * @param directory where it lies
 * @param bytes the tarball's size
 * @param swept older snapshots that retention removed afterwards
 * @param remotes what became of each remote; empty where none was pushed to
 * @param openAlarms what looks like lost data and nobody has put aside; nothing is swept meanwhile
 * @param warnings what the user should know although nothing failed
 * @param troubles those of the warnings that name the notifications that failed
 * @param obstacles those of the warnings that tell what would stop a restore
 */
public record BackupResult(
    Status status,
    String snapshotId,
    String directory,
    String tarball,
    long bytes,
    List<Saved> databases,
    List<Manifest.Missing> missing,
    long skewMillis,
    long durationMillis,
    List<String> swept,
    List<RemoteReport> remotes,
    @JsonProperty("alarms") List<Alarm> openAlarms,
    List<String> warnings,
    @JsonIgnore List<String> troubles,
    @JsonIgnore List<String> obstacles)
    implements Outcome {

  /**
   * One database inside the snapshot.
   *
   * @param objections what SQLite objects to although every row is saved
   * @param unchecked what only the application can check
   */
  public record Saved(
      String name,
      String file,
      long bytes,
      long rows,
      int schemaVersion,
      String strategy,
      List<Objection> objections,
      List<Unchecked> unchecked) {
    public Saved {
      objections = List.copyOf(objections);
      unchecked = List.copyOf(unchecked);
    }
  }

  public BackupResult {
    databases = List.copyOf(databases);
    missing = List.copyOf(missing);
    swept = List.copyOf(swept);
    remotes = List.copyOf(remotes);
    openAlarms = List.copyOf(openAlarms);
    warnings = List.copyOf(warnings);
    troubles = List.copyOf(troubles);
    obstacles = List.copyOf(obstacles);
  }

  /** Returns this result with more warnings. */
  public BackupResult withWarnings(List<String> more) {
    return with(status, remotes, openAlarms, both(warnings, more), troubles);
  }

  /** Returns this result with a warning for each notification that could not be delivered. */
  BackupResult untold(List<String> who) {
    return with(status, remotes, openAlarms, both(warnings, who), who);
  }

  private static List<String> both(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /**
   * Returns what a user who relies on notifications or on a restore has to learn: which
   * notification failed, and what would stop a restore.
   */
  @Override
  public List<String> alarms() {
    return both(obstacles, troubles);
  }

  /**
   * Returns this result as incomplete, with a warning for each part that was not done; returns it
   * unchanged if there is none.
   */
  BackupResult lacking(List<String> undone) {
    return undone.isEmpty()
        ? this
        : with(Status.INCOMPLETE, remotes, openAlarms, both(warnings, undone), troubles);
  }

  /**
   * This snapshot's result after the push. A remote that is set up and does not hold it makes the
   * run incomplete.
   */
  BackupResult withRemotes(List<RemoteReport> reports) {
    boolean settled = reports.stream().allMatch(RemoteReport::leavesNothingUndone);
    return with(settled ? status : Status.INCOMPLETE, reports, openAlarms, warnings, troubles);
  }

  /** Returns this result with the alarms that are open by now; any of them makes it incomplete. */
  BackupResult alarmed(List<Alarm> open) {
    Status newStatus = open.isEmpty() ? status : Status.INCOMPLETE;
    return with(newStatus, remotes, open, warnings, troubles);
  }

  private BackupResult with(
      Status newStatus,
      List<RemoteReport> reports,
      List<Alarm> newAlarms,
      List<String> newWarnings,
      List<String> newTroubles) {
    return new BackupResult(
        newStatus,
        snapshotId,
        directory,
        tarball,
        bytes,
        databases,
        missing,
        skewMillis,
        durationMillis,
        swept,
        reports,
        newAlarms,
        newWarnings,
        newTroubles,
        obstacles);
  }

  /** What the record of the run says of it. */
  TakenSnapshot forRecord() {
    return new TakenSnapshot(snapshotId, bytes, databaseBytes(), missing, swept);
  }

  public long databaseBytes() {
    return databases.stream().mapToLong(Saved::bytes).sum();
  }
}
