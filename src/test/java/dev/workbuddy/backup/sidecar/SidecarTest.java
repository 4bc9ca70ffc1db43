package dev.workbuddy.backup.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.retention.Candidate;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.JobFiles;
import dev.workbuddy.backup.schedule.JobList;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sidecar under a clock that obeys; its jobs write down when they ran. */
class SidecarTest {
  @TempDir private Path directory;
  private final ObedientClock clock = new ObedientClock("2026-01-01T00:30:00Z");
  private final Map<String, JobState> remembered = new HashMap<>();
  private List<String> problems = List.of();
  private final List<String> log = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private Sleeper sleeper = clock;
  private boolean hold;
  private boolean diskFull;

  @BeforeEach
  void job() throws Exception {
    write("backup", "schedule: \"0 * * * *\"");
  }

  private void write(String name, String settings) throws Exception {
    Path jobs = Files.createDirectories(directory.resolve("sidecar_jobs"));
    Files.writeString(
        jobs.resolve(name + ".md"), "---\ncapability: any\n" + settings + "\n---\nText.\n");
  }

  private JobList files() {
    return new JobFiles(directory, ZoneId.of("Europe/Berlin"), "laptop", (_, _) -> Optional.empty())
        .read(Duration.ofHours(1));
  }

  private Sidecar sidecar(Supplier<JobList> files, JobRunner runner) {
    JobMemory memory =
        new JobMemory() {
          @Override
          public JobStates read() {
            return new JobStates(remembered, problems);
          }

          @Override
          public Optional<String> write(JobStates states) throws IOException {
            if (diskFull) {
              throw new IOException("no space left");
            }
            remembered.clear();
            remembered.putAll(states.jobs());
            problems = states.problems();
            return Optional.empty();
          }
        };
    return new Sidecar(
        files,
        memory,
        runner,
        work -> {
          if (hold) {
            held.add(work);
          } else {
            work.run();
          }
        },
        clock,
        sleeper,
        Duration.ofMinutes(30),
        log::add,
        false);
  }

  private Sidecar sidecar() {
    return sidecar(
        this::files,
        (job, _) -> {
          runs.add(job.name() + " " + clock.instant().toString().substring(5, 16));
          return new JobEnd("done", Optional.empty(), List.of());
        });
  }

  private JobState state() {
    return Objects.requireNonNull(remembered.get("backup"));
  }

  /** Lets it look and wait until a moment. */
  private void until(Sidecar sidecar, String moment) {
    Instant end = Instant.parse(moment);
    while (clock.instant().isBefore(end)) {
      Duration wait = sidecar.look();
      Duration left = Duration.between(clock.instant(), end);
      clock.sleep(wait.compareTo(left) < 0 ? wait : left);
    }
    sidecar.look();
  }

  /** Its snapshot is there; what it waits for never comes. */
  @Test
  void run_eachRunHangsOnceItIsReleased_isBegunEachMinuteAllTheSame() throws Exception {
    write("backup", "schedule: \"* * * * *\"");
    List<Sidecar> itself = new ArrayList<>();
    itself.add(
        sidecar(
            this::files,
            (_, released) -> {
              runs.add(clock.instant().toString());
              if (runs.size() < 10) {
                released.run();
                Duration _ = itself.getFirst().look();
                clock.sleep(Duration.ofMinutes(1));
                Duration _ = itself.getFirst().look();
              }
              return new JobEnd(runs.size() + " ran", Optional.empty(), List.of());
            }));
    Duration _ = itself.getFirst().look();
    clock.sleep(Duration.ofMinutes(1));

    Duration _ = itself.getFirst().look();

    assertThat(runs).hasSize(10).doesNotHaveDuplicates();
    assertThat(Duration.between(Instant.parse(runs.getFirst()), Instant.parse(runs.getLast())))
        .isEqualTo(Duration.ofMinutes(9));
    assertThat(state().status()).isEqualTo("10 ran");
    assertThat(state().startedAt()).isEqualTo(Instant.parse(runs.getLast()));
  }

  @Test
  void run_twoYears_takesASnapshotEachHourAndKeepsWhatTheRulesSay() {
    RetentionRules rules =
        new RetentionRules(
            RetentionSettings.defaults(),
            InstantSource.fixed(Instant.parse("9999-01-01T00:00:00Z")));
    TreeSet<SnapshotId> history = new TreeSet<>();
    List<SnapshotId> all = new ArrayList<>();
    JobList jobs = files();
    Sidecar sidecar =
        sidecar(
            () -> jobs,
            (_, _) -> {
              SnapshotId id = new SnapshotId(clock.instant(), false);
              all.add(id);
              history.add(id);
              rules.plan(candidates(history)).deletions().forEach(history::remove);
              return new JobEnd("done", Optional.empty(), List.of());
            });

    until(sidecar, "2028-01-01T00:30:00Z");

    assertThat(all).hasSize(17_520);
    assertThat(all).doesNotHaveDuplicates();
    Instant first = Instant.parse("2026-01-01T01:00:00Z");
    for (int hour = 0; hour < all.size(); hour++) {
      assertThat(all.get(hour).time()).isEqualTo(first.plus(Duration.ofHours(hour)));
    }
    List<SnapshotId> gone = rules.plan(candidates(all)).deletions();
    assertThat(history)
        .containsExactlyElementsOf(all.stream().filter(id -> !gone.contains(id)).toList());
    assertThat(history).hasSizeBetween(40, 52);
  }

  private static List<Candidate> candidates(Iterable<SnapshotId> ids) {
    List<Candidate> candidates = new ArrayList<>();
    ids.forEach(id -> candidates.add(new Candidate(id, SnapshotState.COMPLETE, false)));
    return candidates;
  }

  @Test
  void look_machineSlept_catchesUpOnce() {
    Sidecar sidecar = sidecar();
    until(sidecar, "2026-01-01T02:10:00Z");
    clock.moveTo("2026-01-01T09:20:00Z");

    until(sidecar, "2026-01-01T10:00:00Z");

    assertThat(runs)
        .containsExactly(
            "backup 01-01T01:00", "backup 01-01T02:00", "backup 01-01T09:20", "backup 01-01T10:00");
  }

  @Test
  void look_sidecarWasAway_catchesUpOnce() {
    until(sidecar(), "2026-01-01T01:00:00Z");
    clock.moveTo("2026-01-03T09:20:00Z");

    until(sidecar(), "2026-01-03T10:10:00Z");

    assertThat(runs)
        .containsExactly("backup 01-01T01:00", "backup 01-03T09:20", "backup 01-03T10:00");
  }

  @Test
  void look_restartedWithinTheHour_doesNotRunTwice() {
    until(sidecar(), "2026-01-01T01:00:00Z");
    until(sidecar(), "2026-01-01T01:40:00Z");
    until(sidecar(), "2026-01-01T02:00:00Z");
    assertThat(runs).containsExactly("backup 01-01T01:00", "backup 01-01T02:00");
  }

  @Test
  void look_clockSetBackALittle_doesNotRepeatTheHour() {
    Sidecar sidecar = sidecar();
    until(sidecar, "2026-01-01T02:01:00Z");
    clock.moveTo("2026-01-01T01:58:00Z");
    until(sidecar, "2026-01-01T03:10:00Z");
    assertThat(runs)
        .containsExactly("backup 01-01T01:00", "backup 01-01T02:00", "backup 01-01T03:00");
  }

  @Test
  void look_clockWasADecadeAhead_goesOnHourlyAtOnce() {
    Sidecar sidecar = sidecar();
    clock.moveTo("2036-01-01T05:30:00Z");
    until(sidecar, "2036-01-01T06:30:00Z");
    clock.moveTo("2026-01-01T01:40:00Z");
    until(sidecar, "2026-01-01T04:10:00Z");
    assertThat(runs)
        .containsExactly(
            "backup 01-01T06:00", "backup 01-01T02:00", "backup 01-01T03:00", "backup 01-01T04:00");
  }

  @Test
  void look_runStillGoing_isNotStartedTwiceAndOthersGoOn() throws Exception {
    write("other", "schedule: \"30 * * * *\"");
    hold = true;
    Sidecar sidecar = sidecar();
    until(sidecar, "2026-01-01T03:40:00Z");
    assertThat(held).hasSize(2);
    assertThat(state().status()).isEqualTo("running");

    hold = false;
    held.forEach(Runnable::run);
    until(sidecar, "2026-01-01T04:10:00Z");

    assertThat(runs.stream().filter(run -> run.startsWith("backup")))
        .containsExactly("backup 01-01T03:40", "backup 01-01T03:40", "backup 01-01T04:00");
  }

  @Test
  void look_fileEdited_countsFromTheEdit() throws Exception {
    Sidecar sidecar = sidecar();
    until(sidecar, "2026-01-01T02:10:00Z");
    write("backup", "schedule: \"5 * * * *\"");
    write("second", "schedule: \"50 * * * *\"");
    until(sidecar, "2026-01-01T03:20:00Z");
    Files.delete(directory.resolve("sidecar_jobs/backup.md"));
    until(sidecar, "2026-01-01T04:00:00Z");
    assertThat(runs)
        .containsExactly(
            "backup 01-01T01:00",
            "backup 01-01T02:00",
            "second 01-01T02:50",
            "backup 01-01T03:05",
            "second 01-01T03:50");
  }

  @Test
  void look_fileBroken_isLoggedOnceAndRunsAgainWhenMended() throws Exception {
    Sidecar sidecar = sidecar();
    until(sidecar, "2026-01-01T01:10:00Z");
    write("backup", "schedule: \"99 * * * *\"");
    until(sidecar, "2026-01-01T04:10:00Z");
    assertThat(log.stream().filter(line -> line.contains("cannot be used"))).hasSize(1);
    assertThat(problems).singleElement().asString().startsWith("backup.md: ");

    write("backup", "schedule: \"0 * * * *\"");
    until(sidecar, "2026-01-01T05:10:00Z");

    assertThat(runs)
        .containsExactly("backup 01-01T01:00", "backup 01-01T04:10", "backup 01-01T05:00");
    assertThat(problems).isEmpty();
  }

  @Test
  void look_jobFailsAndItsFileGoes_theFailureIsRememberedUntilThen() throws Exception {
    JobError error = new JobError("io-failed", "no", "Look.");
    Sidecar sidecar =
        sidecar(this::files, (_, _) -> new JobEnd("failed", Optional.of(error), List.of()));
    until(sidecar, "2026-01-01T01:10:00Z");
    assertThat(state().hasFailed()).isTrue();
    assertThat(state().error()).isEqualTo(error);

    Files.delete(directory.resolve("sidecar_jobs/backup.md"));
    until(sidecar, "2026-01-01T01:20:00Z");

    assertThat(state().hasFailed()).isFalse();
    assertThat(state().error()).isNull();
  }

  @Test
  void look_switchedOffAndOn_isNotCaughtUp() throws Exception {
    Sidecar sidecar = sidecar();
    until(sidecar, "2026-01-01T01:10:00Z");
    write("backup", "schedule: \"0 * * * *\"\nenabled: false");
    until(sidecar, "2026-01-01T05:10:00Z");
    write("backup", "schedule: \"0 * * * *\"");
    until(sidecar, "2026-01-01T06:00:00Z");
    assertThat(runs).containsExactly("backup 01-01T01:00", "backup 01-01T06:00");
  }

  @Test
  void look_notRecurring_runsOnceEvenAfterARestart() throws Exception {
    write("backup", "schedule: \"0 * * * *\"\nrecurring: false");
    until(sidecar(), "2026-01-01T05:00:00Z");
    until(sidecar(), "2026-01-01T07:00:00Z");
    assertThat(runs).containsExactly("backup 01-01T01:00");
  }

  @Test
  void look_diskFull_goesOnAndSaysSo() {
    Sidecar sidecar = sidecar();
    diskFull = true;
    until(sidecar, "2026-01-01T02:00:00Z");
    assertThat(runs).hasSize(2);
    assertThat(log).anyMatch(line -> line.contains("no space left"));
  }

  @Test
  void run_afterSuddenDeath_recordsTheRunAsInterrupted() throws Exception {
    hold = true;
    until(sidecar(), "2026-01-01T01:10:00Z");
    assertThat(state().isRunning()).isTrue();

    sleeper =
        _ -> {
          throw new InterruptedException();
        };
    assertThatThrownBy(sidecar()::run).isInstanceOf(InterruptedException.class);

    JobState state = state();
    assertThat(state.status()).isEqualTo("interrupted");
    assertThat(state.error()).isNotNull();
    assertThat(log.stream().collect(Collectors.joining())).contains("backup: started");
  }
}
