package dev.workbuddy.backup.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies there, the answer is clear, and none is greener than the truth. */
class LastRunTest {
  private static final String HOST = "testhost";
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path backups;

  private LastRun read() {
    return LastRun.read(backups, HOST, NOW);
  }

  private void write(String document) throws Exception {
    Files.writeString(backups.resolve(LastRun.FILE_NAME), document);
  }

  private RunRecord finished() throws Exception {
    return Runs.done(new RunRecords(backups, Machines.of(HOST, clock(NOW), clock(NOW))));
  }

  private static ObedientClock clock(Instant now) {
    return new ObedientClock(now.toString());
  }

  private void writeRunning(String host, ProcessIdentity identity, Instant startedAt)
      throws Exception {
    RunProcess process = new RunProcess(host, identity);
    write(Json.text(new RunRecordBuilder(false, startedAt, process).phase(Phase.COPY).build()));
  }

  private static ProcessIdentity with(long pid, String start) {
    ProcessIdentity me = ProcessIdentity.ofThisProcess();
    return new ProcessIdentity(pid, start, me.boot(), me.namespace());
  }

  @Test
  void read_noFile_isNone() {
    assertThat(read()).isEqualTo(new LastRun.None());
    assertThat(read().lastGood()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "\0\0\0",
        "{\"status\": \"done\"}",
        "{\"status\": \"ok\", \"ts\": \"yesterday\"}",
        "{\"status\": \"ok\", \"ts\": 12}",
        "{\"status\": \"done\", \"started_at\": \"2026-11-22T09:00:00Z\", \"manual\": false,"
            + " \"duration_millis\": 1, \"bytes\": 1, \"database_bytes\": 1}",
      })
  void read_notARecord_isUnreadable(String document) throws Exception {
    write(document);
    assertThat(read()).isInstanceOf(LastRun.Unreadable.class);
  }

  @Test
  void read_cutAnywhere_isUnreadable() throws Exception {
    finished();
    byte[] whole = Files.readAllBytes(backups.resolve(LastRun.FILE_NAME));
    for (int length = 0; length < whole.length - 2; length += 7) { // The last byte is a newline.
      Files.write(backups.resolve(LastRun.FILE_NAME), Arrays.copyOf(whole, length));
      assertThat(read()).as("%d bytes", length).isInstanceOf(LastRun.Unreadable.class);
    }
  }

  @Test
  void read_aDirectoryInItsPlace_isUnreadable() throws Exception {
    Files.createDirectory(backups.resolve(LastRun.FILE_NAME));
    assertThat(read()).isInstanceOf(LastRun.Unreadable.class);
  }

  @Test
  void read_finished_tellsOfTheRun() throws Exception {
    RunRecord run = finished();
    assertThat(read()).isEqualTo(new LastRun.Finished(run));
    assertThat(read().lastGood()).contains(new LastGood("snap-2026-11-22T10-00-00Z", NOW));
  }

  @Test
  void read_clockWasSetBack_isFromTheFuture() throws Exception {
    finished();
    Instant before = NOW.minus(Duration.ofHours(3));
    assertThat(LastRun.read(backups, HOST, before))
        .isInstanceOfSatisfying(
            LastRun.FromTheFuture.class,
            future -> assertThat(future.ahead()).isEqualTo(Duration.ofHours(3)));
    assertThat(LastRun.read(backups, HOST, NOW.minusSeconds(60)))
        .as("two clocks that differ a little")
        .isInstanceOf(LastRun.Finished.class);
  }

  @Test
  void end_clockWasSetBackDuringTheRun_hasNoNegativeDuration() throws Exception {
    ObedientClock clock = clock(NOW);
    OngoingRun run =
        new OngoingRun(new RunRecords(backups, Machines.of(HOST, clock, clock)), false);
    run.begin();
    clock.moveTo("2026-11-22T08:00:00Z");
    run.enter(Phase.COPY);
    RunRecord ended = Runs.end(run);
    assertThat(ended.durationMillis()).isZero();
    assertThat(ended.phases()).extracting(Phase::millis).containsOnly(0L);
  }

  @Test
  void read_ownProcessRuns_isRunning() throws Exception {
    writeRunning(HOST, ProcessIdentity.ofThisProcess(), NOW);
    assertThat(read()).isInstanceOf(LastRun.Running.class);
  }

  @Test
  void read_anotherProcessRunsAndThenIsKilled_isKilledAtOnce() throws Exception {
    try (Companion run = Companion.java(RunUntilKilled.class, backups, HOST, NOW)) {
      run.await("running");
      assertThat(read())
          .isInstanceOfSatisfying(
              LastRun.Running.class,
              running -> assertThat(running.run().phase()).isEqualTo(Phase.COPY));
      run.kill();
      assertThat(read())
          .isInstanceOfSatisfying(
              LastRun.Killed.class, killed -> assertThat(killed.run().phase()).isEqualTo("copy"));
    }
  }

  @Test
  void read_pidGivenToAnotherProcess_isKilled() throws Exception {
    writeRunning(HOST, with(ProcessHandle.current().pid(), "12345"), NOW);
    assertThat(read()).isInstanceOf(LastRun.Killed.class);
  }

  @Test
  void read_runOfAnEarlierBoot_isKilled() throws Exception {
    ProcessIdentity me = ProcessIdentity.ofThisProcess();
    String boot = "00000000-0000-0000-0000-000000000000";
    writeRunning(HOST, new ProcessIdentity(me.pid(), me.start(), boot, me.namespace()), NOW);
    assertThat(read()).isInstanceOf(LastRun.Killed.class);
  }

  @Test
  void read_runOfAnotherMachine_goesOnForADayAtMost() throws Exception {
    writeRunning("elsewhere", with(1, "1"), NOW.minus(Duration.ofHours(23)));
    assertThat(read()).isInstanceOf(LastRun.Running.class);
    writeRunning("elsewhere", with(1, "1"), NOW.minus(Duration.ofHours(25)));
    assertThat(read()).isInstanceOf(LastRun.Killed.class);
  }

  @Test
  void read_runOfAnotherContainer_isNotTakenForDead() throws Exception {
    ProcessIdentity me = ProcessIdentity.ofThisProcess();
    writeRunning(HOST, new ProcessIdentity(1, "1", me.boot(), "pid:[1]"), NOW);
    assertThat(read()).isInstanceOf(LastRun.Running.class);
  }

  @Test
  void read_originalsFormWithDashesAndOneRemote_isUnderstood() throws Exception {
    write(
        """
        {"status": "ok", "ts": "2026-01-02T03-04-05Z", "snapshot_id": "snap-2026-01-02T03-04-05Z",
         "size_bytes": 3211284, "manual": true, "remote": {"status": "ok", "tag": "x"}}
        """);
    RunRecord run = ((LastRun.Finished) read()).run();
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(run.status()).isEqualTo("done");
    assertThat(run.finishedAt()).isEqualTo(then);
    assertThat(run.bytes()).isEqualTo(3211284);
    assertThat(run.manual()).isTrue();
    assertThat(run.lastGood()).contains(new LastGood("snap-2026-01-02T03-04-05Z", then));
    assertThat(run.remotes())
        .singleElement()
        .satisfies(remote -> assertThat(remote.isDone()).isTrue());
  }

  @Test
  void read_originalsFormOfAFailure_isNoSuccess() throws Exception {
    write("{\"status\": \"failed\", \"ts\": \"2026-01-02T03:04:05Z\", \"error\": \"disk\"}");
    RunRecord run = ((LastRun.Finished) read()).run();
    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.error()).extracting(RunError::message).isEqualTo("disk");
    assertThat(run.lastGood()).isEmpty();
  }

  @Test
  void read_originalsFormWithARemoteThatFailed_isIncompleteAndTheSnapshotIsThere()
      throws Exception {
    write(
        """
        {"status": "ok", "ts": "2026-01-02T03:04:05Z", "snapshot_id": "snap-2026-01-02T03-04-05Z",
         "remote": {"status": "error", "error": "no network"}}
        """);
    RunRecord run = ((LastRun.Finished) read()).run();
    assertThat(run.status()).isEqualTo("incomplete");
    assertThat(run.lastGood()).isPresent();
  }

  @Test
  void read_recordOfTheFirstVersion_isUnderstood() throws Exception {
    write(
        """
        {"status": "done", "error": null, "snapshot_id": "snap-2026-11-22T09-00-00Z",
         "manual": false, "started_at": "2026-11-22T09:00:00Z",
         "finished_at": "2026-11-22T09:00:01Z", "duration_millis": 1000, "bytes": 10,
         "database_bytes": 20, "missing": [], "swept": [], "remotes": [],
         "last_good_snapshot_id": "snap-2026-11-22T09-00-00Z",
         "last_good_at": "2026-11-22T09:00:01Z"}
        """);
    RunRecord run = ((LastRun.Finished) read()).run();
    assertThat(run.lastGood()).isPresent();
    assertThat(run.phases()).isEmpty();
  }

  @Test
  void begin_afterAKilledRun_putsThatIntoTheHistoryAndKeepsTheLastGood() throws Exception {
    RunRecord good = finished();
    try (Companion run = Companion.java(RunUntilKilled.class, backups, HOST, NOW)) {
      run.await("running").kill();
    }
    assertThat(read().lastGood()).isEqualTo(good.lastGood());
    RunRecord next = finished();
    List<RunRecord> history = new RunHistory(backups).read();
    assertThat(history).extracting(RunRecord::status).containsExactly("done", "failed", "done");
    assertThat(history.get(1).error())
        .isNotNull()
        .satisfies(error -> assertThat(error.code()).isEqualTo("run-killed"))
        .satisfies(error -> assertThat(error.message()).contains("copy"));
    assertThat(read()).isEqualTo(new LastRun.Finished(next));
  }

  @Test
  void pushed_afterAKilledRun_thatIsStillTheLastOneAndInTheHistoryOnce() throws Exception {
    try (Companion run = Companion.java(RunUntilKilled.class, backups, HOST, NOW)) {
      run.await("running").kill();
    }
    RunRecords records = new RunRecords(backups, Machines.of(HOST, clock(NOW), clock(NOW)));

    records.pushed("", List.of(Runs.remote("nas", RemoteReport.DONE)));

    RunRecord last = read().record().orElseThrow();
    assertThat(last.status()).isEqualTo("failed");
    assertThat(last.remotesLastGood()).containsOnlyKeys("nas");
    finished();
    assertThat(new RunHistory(backups).read())
        .extracting(RunRecord::status)
        .containsExactly("failed", "done");
  }

  @Test
  void end_anotherRunBeganMeanwhile_leavesItInPlaceAndTellsItOfTheRemotes() throws Exception {
    ObedientClock clock = clock(NOW);
    RunRecords records = new RunRecords(backups, Machines.of(HOST, clock, clock));
    OngoingRun pushing = new OngoingRun(records, false);
    pushing.begin();
    pushing.taken(Runs.snapshot("snap-2026-11-22T10-00-00Z"));
    pushing.enter(Phase.PUSH);
    clock.moveTo("2026-11-22T11:00:00Z");
    OngoingRun next = new OngoingRun(records, false);
    next.begin();
    pushing.pushed(List.of(Runs.remote("nas", RemoteReport.DONE)));
    Runs.end(pushing);
    assertThat(records.last()).isInstanceOf(LastRun.Running.class);
    next.enter(Phase.COPY);
    assertThat(records.last().record().orElseThrow().remotesLastGood())
        .isEqualTo(Map.of("nas", new LastGood("snap-2026-11-22T10-00-00Z", clock.instant())));
    Runs.end(next);
    assertThat(new RunHistory(backups).read()).hasSize(2);
  }

  @Test
  void end_remoteFailed_keepsWhenItLastWorked() throws Exception {
    ObedientClock clock = clock(NOW);
    RunRecords records = new RunRecords(backups, Machines.of(HOST, clock, clock));
    for (String status : List.of(RemoteReport.DONE, RemoteReport.FAILED)) {
      OngoingRun run = new OngoingRun(records, false);
      run.begin();
      run.taken(Runs.snapshot("snap-" + status));
      run.pushed(List.of(Runs.remote("nas", status)));
      Runs.end(run);
      clock.moveTo("2026-11-22T11:00:00Z");
    }
    assertThat(records.last().record().orElseThrow().remotesLastGood())
        .isEqualTo(Map.of("nas", new LastGood("snap-done", NOW)));
  }
}
