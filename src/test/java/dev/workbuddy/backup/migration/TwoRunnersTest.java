package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes climb the same ladder on the same file at once. */
@Timeout(120)
class TwoRunnersTest {
  private static final int STEPS = 40;

  @TempDir private Path scratch;

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void run_twoProcessesAtOnce_applyEachStepExactlyOnce(String journalMode) throws Exception {
    Path ladder = Files.createDirectory(scratch.resolve("ladder"));
    Files.writeString(
        ladder.resolve("001_initial.sql"), "CREATE TABLE log (step INTEGER, number INTEGER)");
    for (int step = 2; step <= STEPS; step++) {
      Files.writeString(
          ladder.resolve("%03d_more.sql".formatted(step)),
          "INSERT INTO log SELECT %d, count(*) FROM log".formatted(step));
    }
    Path file = Databases.run(scratch.resolve("tasks.db"), "PRAGMA journal_mode = " + journalMode);
    if (!Files.exists(file)) {
      Files.createFile(file);
    }

    List<Integer> applied;
    try (Companion one = Companion.java(Climber.class, file, ladder);
        Companion two = Companion.java(Climber.class, file, ladder)) {
      one.await("ready");
      two.await("ready");
      one.say("go");
      two.say("go");
      applied = Stream.concat(steps(one), steps(two)).sorted().toList();
    }

    List<Integer> each = IntStream.rangeClosed(1, STEPS).boxed().toList();
    assertThat(applied).isEqualTo(each);
    assertThat(Databases.askOne(file, "PRAGMA user_version")).isEqualTo("" + STEPS);
    assertThat(Databases.ask(file, "SELECT version FROM _migration_history"))
        .isEqualTo(each.stream().map(String::valueOf).toList());
    assertThat(Databases.ask(file, "SELECT step FROM log WHERE number = step - 2"))
        .hasSize(STEPS - 1);
    assertThat(Databases.askOne(file, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  private static Stream<Integer> steps(Companion climber) throws Exception {
    List<String> lines = climber.hearAll().lines().toList();
    assertThat(lines.getLast()).isEqualTo("exit 0");
    return lines.stream().limit(lines.size() - 1).map(Integer::valueOf);
  }
}
