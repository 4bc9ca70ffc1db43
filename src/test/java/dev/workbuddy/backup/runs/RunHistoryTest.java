package dev.workbuddy.backup.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  @TempDir Path backups;

  private final ObedientClock clock = new ObedientClock("2026-11-22T10:00:00Z");
  private RunHistory history;
  private RunRecord sample;

  @BeforeEach
  void sample() throws Exception {
    history = new RunHistory(backups);
    sample = Runs.done(new RunRecords(backups, Machines.of("testhost", clock, clock)));
    Files.delete(file());
  }

  private Path file() {
    return backups.resolve(RunHistory.FILE_NAME);
  }

  private RunRecord at(int hour) {
    return sample.toBuilder().finished(clock.instant().plus(Duration.ofHours(hour)), hour).build();
  }

  @Test
  void read_nothingYet_isEmpty() throws Exception {
    assertThat(history.read()).isEmpty();
  }

  @Test
  void add_some_areReadOldestFirst() throws Exception {
    List<RunRecord> runs = List.of(at(0), at(1), at(2));
    for (RunRecord run : runs) {
      history.add(run);
    }
    assertThat(history.read()).isEqualTo(runs);
  }

  @Test
  void add_hookPrintedMuch_keepsItsOutputOut() throws Exception {
    HookReport wordy =
        new HookReport("after_snapshot", "true", HookReport.DONE, 0, 1, "x".repeat(5000));
    history.add(at(0).toBuilder().hooks(List.of(wordy)).build());
    assertThat(history.read().getFirst().hooks())
        .singleElement()
        .satisfies(hook -> assertThat(hook.output()).isEmpty());
  }

  @Test
  void add_moreThanTheBound_dropsTheOldest() throws Exception {
    history.add(at(0));
    String line = Files.readString(file());
    Files.writeString(file(), line.repeat(RunHistory.MOST_RUNS + 50));
    history.add(at(7));
    List<RunRecord> kept = history.read();
    assertThat(kept).hasSize(RunHistory.MOST_RUNS);
    assertThat(kept.getLast()).isEqualTo(at(7));
    assertThat(Files.size(file())).isLessThanOrEqualTo(RunHistory.MOST_BYTES);
  }

  @Test
  void add_longLines_keepsToTheBytes() throws Exception {
    RunRecord wordy = at(0).toBuilder().warnings(List.of("y".repeat(400_000))).build();
    for (int run = 0; run < 8; run++) {
      history.add(wordy);
    }
    assertThat(Files.size(file())).isLessThanOrEqualTo(RunHistory.MOST_BYTES);
    assertThat(history.read()).hasSize(5);
  }

  @Test
  void read_lastLineIsTorn_passesOverItAndTheNextOneIsWhole() throws Exception {
    history.add(at(0));
    Files.writeString(file(), "{\"status\": \"done\", \"star", StandardOpenOption.APPEND);
    assertThat(history.read()).containsExactly(at(0));
    history.add(at(1));
    assertThat(history.read()).containsExactly(at(0), at(1));
    assertThat(Files.readAllLines(file())).hasSize(2);
  }

  @Test
  void add_lineOfANewerVersionInBetween_staysAsItIs() throws Exception {
    history.add(at(0));
    Files.writeString(file(), "{\"version\": 9}\n", StandardOpenOption.APPEND);
    Files.writeString(file(), Files.readAllLines(file()).getFirst(), StandardOpenOption.APPEND);
    history.add(at(1));
    assertThat(history.read()).hasSize(3);
    assertThat(Files.readString(file())).contains("{\"version\": 9}");
  }

  @Test
  void read_notText_isEmptyAndNoError() throws Exception {
    Files.write(file(), new byte[] {(byte) 0xff, 0, (byte) 0xfe, '\n', 7});
    assertThat(history.read()).isEmpty();
  }
}
