package dev.workbuddy.backup.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.runs.RestoreRecord.End;
import dev.workbuddy.backup.runs.RestoreRecord.Operation;
import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The last restore stands beside the last run, and neither disturbs the other. */
class LastRestoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path backups;
  private RunRecords records;

  @BeforeEach
  void records() {
    ObedientClock clock = new ObedientClock(NOW.toString());
    records = new RunRecords(backups, Machines.of("testhost", clock, clock));
  }

  private static RestoreRecord restore(String snapshotId, Instant startedAt, End end) {
    return new RestoreRecord(
        Operation.RESTORE,
        end,
        null,
        end == End.UNDONE,
        snapshotId,
        null,
        List.of("tasks"),
        "/data/db.pre_restore_x",
        null,
        startedAt,
        NOW,
        10);
  }

  private JsonNode document() throws IOException {
    return Json.parse(Files.readAllBytes(backups.resolve(LastRun.FILE_NAME)));
  }

  private String inDocument() throws IOException {
    return document().at("/last_restore/snapshot_id").asString("none");
  }

  @Test
  void restored_noRunYet_thereIsStillNone() throws Exception {
    records.restored(restore("snap-a", NOW, End.DONE));
    assertThat(records.last()).isEqualTo(new LastRun.None());
    assertThat(inDocument()).isEqualTo("snap-a");
    assertThat(document().get("status").stringValue()).isEqualTo("none");
  }

  @Test
  void restored_afterARun_leavesItsRecordAsItIs() throws Exception {
    RunRecord run = Runs.done(records);
    records.restored(restore("snap-a", NOW, End.DONE));
    assertThat(records.last()).isEqualTo(new LastRun.Finished(run));
    assertThat(new RunHistory(backups).read()).containsExactly(run);
    assertThat(inDocument()).isEqualTo("snap-a");
  }

  @Test
  void restored_whileARunPushes_isThereAtEachOfItsPhases() throws Exception {
    OngoingRun run = new OngoingRun(records, false);
    run.begin();
    run.enter(Phase.PUSH);
    records.restored(restore("snap-a", NOW, End.DONE));
    assertThat(records.last()).isInstanceOf(LastRun.Running.class);
    run.enter(Phase.SWEEP);
    assertThat(inDocument()).isEqualTo("snap-a");
    RunRecord ended = Runs.end(run);
    run.untold(ended, List.of("nobody answers"));
    assertThat(inDocument()).isEqualTo("snap-a");
  }

  @Test
  void restored_recordOfTheRunIsDamaged_isLeftToTheNextRun() throws Exception {
    Files.writeString(backups.resolve(LastRun.FILE_NAME), "{ \"status\": \"do");
    records.restored(restore("snap-a", NOW, End.DONE));
    assertThat(records.last()).isInstanceOf(LastRun.Unreadable.class);
    Runs.done(records);
    assertThat(inDocument()).isEqualTo("snap-a");
  }

  @Test
  void restored_twiceOfOne_theLastWordCounts() throws Exception {
    records.restored(restore("snap-a", NOW.minusSeconds(60), End.DONE));
    records.restored(restore("snap-b", NOW, End.UNDONE));
    RestoreRecord last = restore("snap-b", NOW, End.FAILED);
    records.restored(last);
    assertThat(new RestoreHistory(backups).read())
        .extracting(RestoreRecord::status)
        .containsExactly(End.DONE, End.FAILED);
    assertThat(new RestoreHistory(backups).newest()).contains(last);
  }

  @Test
  void newest_lastLineIsCut_isTheOneBeforeIt() throws Exception {
    RestoreRecord restore = restore("snap-a", NOW, End.DONE);
    records.restored(restore);
    Path file = backups.resolve(RestoreHistory.FILE_NAME);
    Files.writeString(file, Files.readString(file) + "{\"operation\":");
    assertThat(new RestoreHistory(backups).newest()).contains(restore);
  }

  @Test
  void document_ofAnEarlierVersion_isReadAndGetsTheRestore() throws Exception {
    RunRecord run = Runs.done(records);
    Files.write(backups.resolve(LastRun.FILE_NAME), Json.bytes(run));
    assertThat(document().has("last_restore")).isFalse();
    assertThat(records.last()).isEqualTo(new LastRun.Finished(run));
    records.restored(restore("snap-a", NOW, End.DONE));
    assertThat(inDocument()).isEqualTo("snap-a");
  }
}
