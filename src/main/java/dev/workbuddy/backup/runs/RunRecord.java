package dev.workbuddy.backup.runs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run as {@code last_run.json} and {@code runs.jsonl} tell it. The component names are the JSON
 * keys in snake case.
 *
 * @param status {@code running}, {@code done}, {@code incomplete} or {@code failed}
 * @param error why it failed; null where it did not
 * @param phase what a run that goes on, or was killed, is or was at; null once it has ended
 * @param snapshotId null as long as there is no snapshot
 * @param finishedAt null as long as it goes on, and where it was killed
 * @param durationMillis never negative, also where the clock was set back meanwhile
 * @param bytes the tarball's size; 0 where there is none
 * @param databaseBytes the databases' size before packing
 * @param remotes what became of each remote; empty where none was pushed to
 * @param alarms those that were open at its end; nothing was swept because of them
 * @param troubles those of the warnings that tell of hooks, the ping or the metrics file
 * @param process who makes it; null once it has ended
 * @param lastGoodSnapshotId the newest complete snapshot of any run so far; null where none was
 * @param lastGoodAt when that one was finished
 * @param remotesLastGood for each remote, the newest run so far that left it as it should be
 * @param repairedAt when a restore, a rescue or a person's word settled what it had raised or could
 *     not save; null where nothing did
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunRecord(
    String status,
    @Nullable RunError error,
    @Nullable String phase,
    @Nullable String snapshotId,
    boolean manual,
    Instant startedAt,
    @Nullable Instant finishedAt,
    long durationMillis,
    long bytes,
    long databaseBytes,
    List<Manifest.Missing> missing,
    List<String> swept,
    List<Phase> phases,
    List<RemoteReport> remotes,
    List<HookReport> hooks,
    List<Alarm> alarms,
    List<String> warnings,
    List<String> troubles,
    @Nullable RunProcess process,
    @Nullable String lastGoodSnapshotId,
    @Nullable Instant lastGoodAt,
    Map<String, LastGood> remotesLastGood,
    @Nullable Instant repairedAt) {
  public static final String RUNNING = "running";

  public RunRecord {
    missing = List.copyOf(missing);
    swept = List.copyOf(swept);
    phases = List.copyOf(phases);
    remotes = List.copyOf(remotes);
    hooks = List.copyOf(hooks);
    alarms = List.copyOf(alarms);
    warnings = List.copyOf(warnings);
    troubles = List.copyOf(troubles);
    remotesLastGood = Map.copyOf(remotesLastGood);
  }

  @JsonIgnore
  public boolean isRunning() {
    return status.equals(RUNNING);
  }

  /** Whether the run did everything that it should. */
  @JsonIgnore
  public boolean isDone() {
    return status.equals(Status.DONE.word());
  }

  /** The newest complete snapshot of this run or any before it. */
  @JsonIgnore
  public Optional<LastGood> lastGood() {
    return lastGoodSnapshotId == null || lastGoodAt == null
        ? Optional.empty()
        : Optional.of(new LastGood(lastGoodSnapshotId, lastGoodAt));
  }

  /** The latest moment that it tells of. */
  @JsonIgnore
  public Instant latest() {
    return finishedAt == null ? startedAt : finishedAt;
  }

  /** Whether both tell of the same run. */
  boolean isSameRun(RunRecord other) {
    return startedAt.equals(other.startedAt)
        && Objects.equals(process, other.process)
        && manual == other.manual;
  }

  /** Returns this record with the notifications that failed, as warnings and as troubles. */
  RunRecord troubledBy(List<String> more) {
    return toBuilder()
        .warnings(Stream.concat(warnings.stream(), more.stream()).toList())
        .troubles(Stream.concat(troubles.stream(), more.stream()).toList())
        .build();
  }

  /** Returns this record with what other runs learned about remotes meanwhile. */
  RunRecord knowing(Map<String, LastGood> others) {
    Map<String, LastGood> all = new HashMap<>(remotesLastGood);
    others.forEach((remote, good) -> all.merge(remote, good, LastGood::newer));
    return toBuilder().remotesLastGood(all).build();
  }

  /** What is kept of it for later: no output of hooks, nobody's process. */
  RunRecord forHistory() {
    return toBuilder()
        .process(null)
        .hooks(hooks.stream().map(HookReport::withoutOutput).toList())
        .build();
  }

  /** A run that ended without a word, found later. */
  RunRecord asKilled() {
    return toBuilder().status(Status.FAILED.word()).error(killed()).process(null).build();
  }

  /**
   * This record without what others have settled since: alarms, and databases that it lacked.
   *
   * @param open ids of the alarms that are open still
   * @param back databases that were put back, by logical name
   */
  RunRecord repaired(Set<String> open, Set<String> back, Instant at) {
    List<Alarm> left = alarms.stream().filter(alarm -> open.contains(alarm.id())).toList();
    List<Manifest.Missing> lacking =
        missing.stream().filter(one -> !back.contains(one.database())).toList();
    boolean unsaved = error != null && error.code().equals(ErrorCode.NO_DATABASE_SAVED.word());
    boolean restored = unsaved && left.isEmpty() && !back.isEmpty();
    if (isRunning() || (left.equals(alarms) && lacking.equals(missing) && !restored)) {
      return this;
    }
    RunRecordBuilder mended = toBuilder().alarms(left).missing(lacking).repairedAt(at);
    if (restored) {
      return mended.error(null).status(Status.INCOMPLETE.word()).build();
    }
    boolean whole =
        status.equals(Status.INCOMPLETE.word())
            && left.isEmpty()
            && lacking.isEmpty()
            && remotes.stream().allMatch(RemoteReport::leavesNothingUndone)
            && hooks.stream().allMatch(HookReport::isDone);
    return whole ? mended.status(Status.DONE.word()).build() : mended.build();
  }

  /** This record with the alarms that are open again since a restore was taken back. */
  RunRecord reopened(List<Alarm> open) {
    Set<String> known = alarms.stream().map(Alarm::id).collect(Collectors.toSet());
    List<Alarm> more = open.stream().filter(alarm -> !known.contains(alarm.id())).toList();
    if (isRunning() || more.isEmpty()) {
      return this;
    }
    RunRecordBuilder again =
        toBuilder().alarms(Stream.concat(alarms.stream(), more.stream()).toList()).repairedAt(null);
    return isDone() ? again.status(Status.INCOMPLETE.word()).build() : again.build();
  }

  private RunError killed() {
    return new RunError(
        ErrorCode.RUN_KILLED.word(),
        "the run that began at %s was killed, or the machine went down, in the phase %s"
            .formatted(startedAt, phase == null ? "unknown" : phase),
        "`wb-backup now` takes the next snapshot, and removes what this one left.");
  }

  RunRecordBuilder toBuilder() {
    return new RunRecordBuilder(this);
  }
}
