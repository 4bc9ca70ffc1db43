package dev.workbuddy.backup.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the original work-buddy's check makes of our record, and what we make of it ourselves. */
class OriginalWordsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String HOST = "testhost";

  @TempDir Path backups;
  private final ObedientClock clock = new ObedientClock(NOW.toString());

  private RunRecords records() {
    return new RunRecords(backups, Machines.of(HOST, clock, clock));
  }

  private JsonNode document() throws Exception {
    return Json.parse(Files.readAllBytes(backups.resolve(LastRun.FILE_NAME)));
  }

  /** That check by its rules: the word ok, and a time within two cadences of an hour. */
  private boolean isWellToTheOriginal() throws Exception {
    Instant at = Instant.parse(document().path("ts").asString());
    return document().path("status").asString().equals("ok")
        && Duration.between(at, NOW).compareTo(Duration.ofHours(2)) <= 0;
  }

  private OngoingRun begun() throws Exception {
    OngoingRun run = new OngoingRun(records(), false);
    run.begin();
    return run;
  }

  /** How a run ended, and what each of the two readers is to make of it. */
  enum End {
    DONE(null, null, Status.DONE, true, ""),
    PUSHED("done", null, Status.DONE, true, ""),
    UNWANTED("skipped", RemoteFault.REFUSED, Status.DONE, true, ""),
    SKIPPED("skipped", RemoteFault.UNAUTHENTICATED, Status.DONE, false, "not logged in"),
    NOT_PUSHED("failed", RemoteFault.NETWORK, Status.INCOMPLETE, false, "not logged in"),
    INCOMPLETE(null, null, Status.INCOMPLETE, false, "incomplete");

    private final @Nullable String remote;
    private final @Nullable RemoteFault fault;
    private final Status status;
    private final boolean well;
    private final String message;

    End(
        @Nullable String remote,
        @Nullable RemoteFault fault,
        Status status,
        boolean well,
        String message) {
      this.remote = remote;
      this.fault = fault;
      this.status = status;
      this.well = well;
      this.message = message;
    }
  }

  private RunRecord ended(End end) throws Exception {
    OngoingRun run = begun();
    run.taken(Runs.snapshot("snap-2026-11-22T10-00-00Z"));
    if (end.remote != null) {
      run.pushed(
          List.of(RemoteReport.idle("github:a/b", end.remote, end.fault, "not logged in", "")));
    }
    return run.end(end.status, null, List.of());
  }

  @ParameterizedTest
  @EnumSource
  void end_anyRun_bothReadersKnowHowItWas(End end) throws Exception {
    RunRecord run = ended(end);

    assertThat(isWellToTheOriginal()).isEqualTo(end.well);
    assertThat(document().path("message").asString()).contains(end.message);
    assertThat(document().path("state").asString()).isEqualTo(end.status.word());
    assertThat(document().path("size_bytes").asLong()).isEqualTo(10);
    assertThat(records().last()).isEqualTo(new LastRun.Finished(run));
  }

  @ParameterizedTest
  @EnumSource
  void begin_afterAnyRun_theCheckIsToldOfThatOneMeanwhile(End before) throws Exception {
    ended(before);
    String message = document().path("message").asString();

    begun().enter(Phase.COPY);

    assertThat(isWellToTheOriginal()).isEqualTo(before.well);
    assertThat(document().path("message").asString()).isEqualTo(message);
    assertThat(document().path("state").asString()).isEqualTo("running");
    assertThat(records().last()).isInstanceOf(LastRun.Running.class);
  }

  @Test
  void begin_firstRun_isNoFailureAndNothingGood() throws Exception {
    begun();
    assertThat(document().path("status").asString()).isEqualTo("running");
    assertThat(document().path("message").asString()).contains("going on");
  }

  @Test
  void end_failed_theMessageSaysWhy() throws Exception {
    begun()
        .end(Status.FAILED, new RunError("disk-full", "the disk is full", "Free some."), List.of());
    assertThat(isWellToTheOriginal()).isFalse();
    assertThat(document().path("message").asString()).isEqualTo("the disk is full");
  }

  @Test
  void begin_afterARecordOfAnEarlierForm_theCheckIsToldOfThatOne() throws Exception {
    Files.writeString(
        backups.resolve(LastRun.FILE_NAME),
        """
        {"status": "ok", "ts": "2026-11-22T09-30-00Z", "snapshot_id": "snap-2026-11-22T09-30-00Z",
         "manual": false, "remote": {"status": "local_only"}}
        """);
    begun();
    assertThat(document().path("ts").asString()).isEqualTo("2026-11-22T09:30:00Z");
    assertThat(document().path("state").asString()).isEqualTo("running");
  }
}
