package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.RelativePath;
import dev.workbuddy.backup.io.Uninterruptibly;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.SuppressedWarning;
import dev.workbuddy.backup.runs.RestoreHistory;
import dev.workbuddy.backup.runs.RestoreRecord;
import dev.workbuddy.backup.runs.RestoreRecord.End;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records how restores and rollbacks ended, and gives the guard a new baseline where new data is in
 * place. A record that cannot be written becomes a warning and is no reason to fail. An end may be
 * recorded again; the last record counts. Requires the run lock.
 */
final class RestoreRecorder {
  private final Settings settings;
  private final LiveDirectory live;
  private final Machine machine;
  private final RestoredDatabases putBack;

  RestoreRecorder(Settings settings, LiveDirectory live, Machine machine) {
    this.settings = settings;
    this.live = live;
    this.machine = machine;
    this.putBack = new RestoredDatabases(settings, live);
  }

  /**
   * The new data is in place.
   *
   * @param cutShort whether whoever began it could not end it
   * @return whether it is on record, and what could not be written down
   */
  Recorded done(SwapJournal journal, boolean cutShort) {
    Instant now = machine.clock().instant();
    Instant started = live.stagedAt(journal.staging()).orElse(now);
    Path kept = live.keptOrStill(journal.kept(live), journal.staging(live));
    SwapMarker marker = journal.purpose();
    RestoreRecord record =
        new RestoreRecord(
            marker.operation(),
            End.DONE,
            null,
            cutShort,
            marker.snapshotId(),
            marker.spent(),
            journal.files().stream().map(putBack::name).toList(),
            Files.exists(kept) ? kept.toString() : null,
            null,
            started,
            now,
            cutShort ? 0 : millis(started, now));
    Recorded recorded = put(record);
    List<String> warnings = new ArrayList<>(putBack.tellGuard(journal, now));
    warnings.addAll(recorded.warnings());
    return new Recorded(recorded.isWhole(), warnings);
  }

  /**
   * What came of recording an end.
   *
   * @param isWhole whether it is on record
   * @param warnings what could not be written down, in words for the user
   */
  record Recorded(boolean isWhole, List<String> warnings) {}

  /**
   * What the note of a swap said that is lost, as far as the directories tell.
   *
   * @param old the replaced directory
   */
  SwapJournal journalOfLost(Path old) throws IOException {
    SwapMarker marker =
        SwapMarker.notedIn(live.path(), live).orElse(SwapMarker.restore("a snapshot"));
    String name = old.getFileName().toString();
    Instant started = live.stagedAt(name).orElse(machine.clock().instant());
    return new SwapJournal(
        marker.spent() == null ? String.valueOf(marker.snapshotId()) : marker.words(),
        name,
        live.kept(started).getFileName().toString(),
        putBack.replacing(old).stream().map(RelativePath::new).toList(),
        marker.spent(),
        Map.of());
  }

  /** Whether the record says already that a swap's data is in place. */
  boolean isDone(SwapJournal journal) {
    return live.stagedAt(journal.staging())
        .filter(started -> isDone(journal.purpose(), started))
        .isPresent();
  }

  private boolean isDone(SwapMarker marker, Instant started) {
    return new RestoreHistory(settings.backupsDir())
        .newest()
        .filter(newest -> newest.isOf(marker.operation(), started))
        .filter(newest -> newest.status() == End.DONE)
        .isPresent();
  }

  /**
   * It was cut short, and the old data is live again, or still.
   *
   * @param staging the name of its directory, which tells when it began
   */
  List<String> undone(SwapMarker marker, String staging) {
    Instant now = machine.clock().instant();
    Instant started = live.stagedAt(staging).orElse(now);
    return put(without(marker, End.UNDONE, null, started, now)).warnings();
  }

  /**
   * Records an end with an error, which then also says what could not be written down. Where the
   * new data got in place nevertheless, that is recorded already; where something was left, the
   * tidying records it.
   */
  void failed(SwapMarker marker, Instant started, Exception failure) throws IOException {
    boolean isOver = !Files.exists(live.journal()) && live.stagings().isEmpty();
    if (isOver && !isDone(marker, started)) {
      Instant now = machine.clock().instant();
      put(without(marker, End.FAILED, RunError.of(failure), started, now))
          .warnings()
          .forEach(untold -> failure.addSuppressed(new SuppressedWarning(untold)));
    }
  }

  /** Of one that did not bring its data into place. */
  private RestoreRecord without(
      SwapMarker marker, End end, @Nullable RunError error, Instant started, Instant now) {
    Path refused = live.refused(live.staging(started).getFileName().toString());
    boolean cutShort = end == End.UNDONE;
    return new RestoreRecord(
        marker.operation(),
        end,
        error,
        cutShort,
        marker.snapshotId(),
        marker.spent(),
        List.of(),
        null,
        Files.exists(refused) ? refused.toString() : null,
        started,
        now,
        cutShort ? 0 : millis(started, now));
  }

  /** A clock that was set back does not make time run backwards. */
  private static long millis(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis());
  }

  private Recorded put(RestoreRecord record) {
    return Uninterruptibly.get(
        () -> {
          try {
            RunRecords records = new RunRecords(settings.backupsDir(), machine);
            return new Recorded(true, records.restored(record));
          } catch (IOException | BackupException e) {
            return unrecorded(RunError.of(e).message());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unrecorded("interrupted");
          }
        });
  }

  private static Recorded unrecorded(String why) {
    return new Recorded(
        false,
        List.of(
            "how the restore ended could not be recorded in backups/restores.jsonl and"
                + " last_run.json: "
                + why));
  }
}
