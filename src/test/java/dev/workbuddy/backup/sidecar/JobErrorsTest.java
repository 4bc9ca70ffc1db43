package dev.workbuddy.backup.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.schedule.Job;
import dev.workbuddy.backup.schedule.JobFiles;
import dev.workbuddy.backup.schedule.JobList;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.testing.Errors;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever ends a run of a job, the run has ended, is on record, and the job runs again. */
class JobErrorsTest {
  @TempDir private Path directory;
  private final ObedientClock clock = new ObedientClock("2026-01-01T00:30:00Z");
  private final List<String> log = new ArrayList<>();
  private JobStates remembered = new JobStates(Map.of(), List.of());
  private int runs;
  private int thrown;
  private @Nullable Errors inRun;
  private @Nullable Errors inExecutor;
  private @Nullable Errors inMemory;
  private @Nullable Errors inFiles;
  private Executor executor = Runnable::run;

  private void mayThrow(@Nullable Errors error) {
    if (error != null) {
      thrown++;
      throw error.make();
    }
  }

  private JobList files() {
    mayThrow(inFiles);
    return new JobFiles(directory, ZoneId.of("UTC"), "host", (_, _) -> Optional.empty())
        .read(Duration.ofHours(1));
  }

  private JobEnd run(Job job, Runnable released) {
    mayThrow(inRun);
    if (job.capability().equals("data_backup")) {
      runs++;
    }
    return new JobEnd("done", Optional.empty(), List.of());
  }

  private Sidecar sidecar() {
    return sidecar(clock);
  }

  private Sidecar sidecar(Sleeper sleeper) {
    JobMemory memory =
        new JobMemory() {
          @Override
          public JobStates read() {
            return remembered;
          }

          @Override
          public Optional<String> write(JobStates states) throws IOException {
            mayThrow(inMemory);
            remembered = states;
            return Optional.empty();
          }
        };
    return new Sidecar(
        this::files,
        memory,
        this::run,
        task -> {
          mayThrow(inExecutor);
          executor.execute(task);
        },
        clock,
        sleeper,
        Duration.ofMinutes(30),
        log::add,
        false);
  }

  private void hours(Sidecar sidecar, int hours) {
    for (int glance = 0; glance < 2 * hours; glance++) {
      sidecar.look();
      clock.sleep(Duration.ofMinutes(30));
    }
    sidecar.look();
  }

  private JobState state() {
    return remembered.jobs().values().stream()
        .filter(JobState::hasRun)
        .findFirst()
        .map(Objects::requireNonNull)
        .orElseThrow();
  }

  private void assertFailedAndRunsAgain(Sidecar sidecar, Errors kind) {
    assertThat(thrown).as("errors thrown").isPositive();
    assertThat(state().hasFailed()).isTrue();
    assertThat(Objects.requireNonNull(state().error()).code()).isEqualTo(kind.code());
    assertThat(log).anyMatch(line -> line.contains("failed"));

    inRun = null;
    inExecutor = null;
    hours(sidecar, 2);

    assertThat(runs).isPositive();
    assertThat(state().status()).isEqualTo("done");
  }

  @ParameterizedTest
  @EnumSource
  void run_jobThrows_hasFailedAndRunsAgain(Errors kind) {
    Sidecar sidecar = sidecar();
    inRun = kind;
    hours(sidecar, 2);

    assertFailedAndRunsAgain(sidecar, kind);
  }

  @ParameterizedTest
  @EnumSource
  void run_noThreadForTheJob_hasFailedAndRunsAgain(Errors kind) {
    Sidecar sidecar = sidecar();
    inExecutor = kind;
    hours(sidecar, 2);

    assertFailedAndRunsAgain(sidecar, kind);
  }

  @Test
  void run_executorEnds_hasFailed() {
    Sidecar sidecar = sidecar();
    executor =
        _ -> {
          thrown++;
          throw new RejectedExecutionException("shut down");
        };
    hours(sidecar, 2);

    assertThat(thrown).isPositive();
    assertThat(state().hasFailed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void run_bookCannotBeWritten_goesOnAndRemembersLater(Errors kind) {
    Sidecar sidecar = sidecar();
    inMemory = kind;
    hours(sidecar, 2);
    int before = runs;
    assertThat(thrown).isPositive();
    assertThat(before).isPositive();
    assertThat(log).anyMatch(line -> line.contains("cannot write down"));

    inMemory = null;
    hours(sidecar, 2);

    assertThat(runs).isGreaterThan(before);
    assertThat(state().status()).isEqualTo("done");
  }

  @ParameterizedTest
  @EnumSource
  void run_lookThrows_looksAgain(Errors kind) {
    inFiles = kind;
    int[] sleeps = {0};
    Sidecar sidecar =
        sidecar(
            time -> {
              clock.sleep(time);
              if (++sleeps[0] == 2) {
                inFiles = null;
              }
              if (sleeps[0] == 8) {
                throw new InterruptedException("enough");
              }
            });

    assertThatThrownBy(sidecar::run).isInstanceOf(InterruptedException.class);

    assertThat(thrown).isEqualTo(2);
    assertThat(log).filteredOn(line -> line.contains("cannot look for jobs")).hasSize(2);
    assertThat(runs).isPositive();
  }
}
