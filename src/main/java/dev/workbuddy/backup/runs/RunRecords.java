package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code last_run.json}, {@code runs.jsonl} and {@code restores.jsonl}. A run pushes after
 * others may have begun, so they have a lock of their own, held for moments.
 */
public final class RunRecords {
  private static final String LOCK = "runs.lock";
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
  private static final int TRIES = 500;

  private final Path backupsDir;
  private final Machine machine;

  public RunRecords(Path backupsDir, Machine machine) {
    this.backupsDir = backupsDir;
    this.machine = machine;
  }

  /** How the last run went. */
  public LastRun last() {
    return LastRun.read(backupsDir, machine.host(), machine.clock().instant());
  }

  /** Notes what remotes hold now, for a push that is not part of a run. */
  public void pushed(String snapshotId, List<RemoteReport> reports)
      throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      Optional<RunRecord> current = settled().record();
      if (current.isPresent()) {
        write(current.get().knowing(good(snapshotId, reports)));
      }
    }
  }

  /**
   * Notes how a restore ended, also where there was no run yet. A damaged {@code last_run.json} is
   * left to the next run: what it is judged by must not look as if nothing had been there.
   *
   * @return what the user should know; empty where nothing was set aside
   */
  public List<String> restored(RestoreRecord restore) throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      LastRun last = settled();
      List<String> told = new RestoreHistory(backupsDir).put(restore).stream().toList();
      if (!(last instanceof LastRun.Unreadable)) {
        write(last.record().orElse(null));
      }
      return told;
    }
  }

  /**
   * Notes that what the last run had raised or could not save was settled.
   *
   * @param open ids of the alarms that are open still
   * @param back databases that were put back, by logical name
   * @return the record that changed; empty where none did
   */
  public Optional<RunRecord> repaired(Set<String> open, Set<String> back)
      throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      if (!(settled() instanceof LastRun.Finished(RunRecord run))) {
        return Optional.empty();
      }
      return changed(run, run.repaired(open, back, machine.clock().instant()));
    }
  }

  /**
   * Notes that alarms are open again, as a restore was taken back.
   *
   * @return the record that changed; empty where none did
   */
  public Optional<RunRecord> reopened(List<Alarm> open) throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      return settled() instanceof LastRun.Finished(RunRecord run)
          ? changed(run, run.reopened(open))
          : Optional.empty();
    }
  }

  private Optional<RunRecord> changed(RunRecord before, RunRecord after) throws IOException {
    if (after.equals(before)) {
      return Optional.empty();
    }
    write(after);
    return Optional.of(after);
  }

  Map<String, LastGood> good(String snapshotId, List<RemoteReport> reports) {
    Map<String, LastGood> good = new HashMap<>();
    Instant now = machine.clock().instant();
    for (RemoteReport report : reports) {
      if (report.holdsAll()) {
        good.put(report.name(), new LastGood(snapshotId, now));
      }
    }
    return good;
  }

  RunProcess thisProcess() {
    return new RunProcess(machine.host(), ProcessIdentity.ofThisProcess());
  }

  Instant now() {
    return machine.clock().instant();
  }

  /** The last run; a killed one goes into the history, since its record is about to be written. */
  private LastRun settled() throws IOException {
    LastRun last = last();
    if (last instanceof LastRun.Killed(RunRecord killed)) {
      Optional<String> _ = new RunHistory(backupsDir).add(killed);
    }
    return last;
  }

  /**
   * Sets aside those notes that cannot be used and that a run writes anew.
   *
   * @return what the user should know; empty where nothing was set aside
   */
  List<String> settle() throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      return Stream.of(new LastRunFile(backupsDir).settle(), new RunHistory(backupsDir).settle())
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /** Puts a new run in the place of the last one. */
  RunRecord begin(RunRecordBuilder run) throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      LastRun before = settled();
      RunRecord begun =
          run.lastGood(before.lastGood().orElse(null))
              .remotesLastGood(before.record().map(RunRecord::remotesLastGood).orElse(Map.of()))
              .build();
      write(begun);
      return begun;
    }
  }

  /**
   * Tells how far a run is.
   *
   * @param begun the same run as it began
   * @return the record, with what others learned of remotes meanwhile
   */
  RunRecord update(RunRecord begun, RunRecord run) throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      return replace(begun, run);
    }
  }

  /** Records the end of a run, and adds it to the history. */
  RunRecord end(RunRecord begun, RunRecord run) throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      RunRecord ended = replace(begun, run);
      Optional<String> _ = new RunHistory(backupsDir).add(ended);
      return ended;
    }
  }

  /** Puts another end of a run in the place of its own, also in the history. */
  void amend(RunRecord ended, RunRecord amended) throws IOException, InterruptedException {
    try (RunLock _ = lock()) {
      Optional<RunRecord> current = last().record();
      if (current.isPresent() && current.get().isSameRun(ended)) {
        write(amended.knowing(current.get().remotesLastGood()));
      }
      new RunHistory(backupsDir).replace(ended, amended);
    }
  }

  /** A run that began later keeps its place; it only learns of the remotes. */
  private RunRecord replace(RunRecord begun, RunRecord run) throws IOException {
    Optional<RunRecord> current = settled().record();
    boolean others = current.isPresent() && !current.get().isSameRun(begun);
    if (others) {
      write(current.get().knowing(run.remotesLastGood()));
      return run;
    }
    RunRecord known = run.knowing(current.map(RunRecord::remotesLastGood).orElse(Map.of()));
    write(known);
    return known;
  }

  /** Beside the run stands the last restore of all, whoever wrote the document before. */
  private void write(@Nullable RunRecord run) throws IOException {
    RestoreRecord restore = new RestoreHistory(backupsDir).newest().orElse(null);
    LastRunFile file = new LastRunFile(backupsDir);
    file.write(Json.bytes(LastRunDocument.of(run, restore, file.words())));
  }

  private RunLock lock() throws IOException, InterruptedException {
    Path file = backupsDir.resolve(LOCK);
    for (int tries = 1; tries < TRIES; tries++) {
      Optional<RunLock> lock = RunLock.tryAcquire(file, "record a run");
      if (lock.isPresent()) {
        return lock.get();
      }
      machine.waiting().sleep(BETWEEN_TRIES);
    }
    return RunLock.acquire(file, "record a run");
  }
}
