package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run while it goes on, recorded at each phase, so that one that is killed shows at once. For one
 * thread.
 */
public final class OngoingRun {
  private final RunRecords records;
  private final RunRecordBuilder record;
  private final Instant startedAt;
  private final List<Phase> phases = new ArrayList<>();
  private final List<HookReport> hooks = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<String> asides = new ArrayList<>();
  private @Nullable RunRecord begun;
  private @Nullable String snapshotId;
  private String phase = Phase.PREPARE;
  private Instant phaseBegan;

  /** A run that has not begun: nothing is recorded of it yet. */
  public OngoingRun(RunRecords records, boolean manual) {
    this.records = records;
    this.startedAt = records.now();
    this.phaseBegan = startedAt;
    this.record = new RunRecordBuilder(manual, startedAt, records.thisProcess());
  }

  /**
   * Makes this the last run. A file in the record's place that cannot be moved is no reason to
   * fail: the snapshot matters more. Requires the run lock.
   */
  public void begin() throws IOException, InterruptedException {
    try {
      asides.addAll(records.settle());
      begun = records.begin(record.phase(phase));
    } catch (UnusableFileException inTheWay) {
      asides.add("this run is not recorded: " + inTheWay.getMessage());
    }
  }

  /** What the user should know of the notes that this run found. */
  public List<String> asides() {
    return List.copyOf(asides);
  }

  /** Whether it got the lock and is the last run, or was one. */
  public boolean hasBegun() {
    return begun != null;
  }

  /** Where it is from now on. A disk that does not take that is no reason to fail. */
  public void enter(String next) throws InterruptedException {
    endPhase();
    phase = next;
    record.phase(next);
    update();
  }

  /** What came of the local part; whatever happens now, the snapshot is there. */
  public void taken(TakenSnapshot taken) {
    snapshotId = taken.id();
    record.snapshot(taken);
    if (taken.isComplete()) {
      record.lastGood(new LastGood(taken.id(), records.now()));
    }
  }

  public void pushed(List<RemoteReport> reports) {
    String id = Objects.requireNonNull(snapshotId, "a run pushes what it has taken");
    record.remotes(reports);
    record.remotesLastGood(record.build().knowing(records.good(id, reports)).remotesLastGood());
  }

  public void ran(List<HookReport> reports) {
    hooks.addAll(reports);
    record.hooks(hooks);
  }

  /** Commands of the user that failed, in words that are among the warnings at its end. */
  public void troubledBy(List<String> failures) {
    troubles.addAll(failures);
    record.troubles(troubles);
  }

  /** What looks like lost data and nobody has put aside. */
  public void alarmed(List<Alarm> open) {
    record.alarms(open);
  }

  /** Records the end; a run that has not begun leaves the last one's record alone. */
  public RunRecord end(Status status, @Nullable RunError error, List<String> warnings)
      throws IOException, InterruptedException {
    RunRecord ended = unrecorded(status, error, warnings);
    return begun == null ? ended : records.end(begun, ended);
  }

  /**
   * Records the notifications of the end that failed; changes nothing where none did.
   *
   * @param ended what {@link #end} returned
   */
  public void untold(RunRecord ended, List<String> who) throws IOException, InterruptedException {
    if (begun != null && !who.isEmpty()) {
      records.amend(ended, ended.troubledBy(who));
    }
  }

  /** What the end's record would be. */
  public RunRecord unrecorded(Status status, @Nullable RunError error, List<String> warnings) {
    endPhase();
    Instant now = records.now();
    String word = error == null ? status.word() : Status.FAILED.word();
    return record
        .status(word)
        .error(error)
        .phase(null)
        .process(null)
        .warnings(warnings)
        .finished(now, millis(startedAt, now))
        .build();
  }

  private void update() throws InterruptedException {
    if (begun == null) {
      return;
    }
    try {
      records.update(begun, record.build());
    } catch (IOException | BackupException e) {
      String unrecorded = "how far this run was could not be recorded: ";
      if (asides.stream().noneMatch(aside -> aside.startsWith(unrecorded))) {
        asides.add(unrecorded + RunError.of(e).message());
      }
    }
  }

  private void endPhase() {
    Instant now = records.now();
    phases.add(new Phase(phase, millis(phaseBegan, now)));
    record.phases(phases);
    phaseBegan = now;
  }

  /** A clock that was set back does not make time run backwards. */
  private static long millis(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis());
  }
}
