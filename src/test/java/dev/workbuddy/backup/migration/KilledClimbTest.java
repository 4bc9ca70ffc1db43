package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Seeds;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random ladders, climbed by processes that are killed at random moments: schema, data, version and
 * history always agree, and in the end each step was applied exactly once.
 */
@Timeout(180)
class KilledClimbTest {
  @TempDir private Path scratch;

  static LongStream seeds() {
    return Seeds.of(3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void run_killedAtRandomMoments_isAlwaysBetweenTwoSteps(long seed) throws Exception {
    Tools.require("kill");
    Random random = new Random(seed);
    List<List<String>> steps = RandomLadder.of(seed);
    List<List<String>> expected = contentAtEachVersion(steps);
    Path file =
        Databases.run(
            scratch.resolve("tasks.db"),
            "PRAGMA journal_mode = " + (random.nextBoolean() ? "wal" : "delete"),
            "VACUUM");
    int deaths = 0;
    String end = "";
    while (!end.equals("exit 0")) {
      boolean hard = random.nextInt(3) == 0;
      int moment = deaths < 6 ? 1 + random.nextInt(8) : Integer.MAX_VALUE;
      try (Companion child = Companion.java(KilledClimb.class, file, seed, moment, hard)) {
        end = child.hearAll();
      }
      deaths += end.equals("exit 0") ? 0 : 1;
      assertThat(end).isIn("exit 0", "exit 137", "exit " + KilledClimb.HALTED);
      requireAgreement(file, expected);
    }
    assertThat(deaths).as("deaths").isPositive();
    assertThat(Databases.askOne(file, "PRAGMA user_version")).isEqualTo("" + steps.size());
  }

  private static void requireAgreement(Path file, List<List<String>> expected) throws Exception {
    int version = Integer.parseInt(Databases.askOne(file, "PRAGMA user_version"));
    assertThat(content(file)).as("version %d", version).isEqualTo(expected.get(version));
    if (version > 0) {
      assertThat(Databases.ask(file, "SELECT version FROM _migration_history ORDER BY rowid"))
          .isEqualTo(IntStream.rangeClosed(1, version).mapToObj(String::valueOf).toList());
    }
    assertThat(Databases.askOne(file, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  /** What a database holds after so many steps that nobody disturbed. */
  private List<List<String>> contentAtEachVersion(List<List<String>> steps) throws Exception {
    Path file = Files.createFile(scratch.resolve("undisturbed.db"));
    MigrationRunner runner =
        new MigrationRunner(new ObedientClock("2026-05-06T07:08:09Z"), Duration.ofSeconds(1));
    List<List<String>> contents = new ArrayList<>(List.of(List.of()));
    for (int top = 1; top <= steps.size(); top++) {
      StepLadder ladder = KilledClimb.ladder(steps.subList(0, top), KilledClimb.Watch.NONE);
      runner.run(file, ladder, EditedSteps.REFUSE);
      contents.add(content(file));
    }
    return contents;
  }

  private static List<String> content(Path file) throws Exception {
    String own = " FROM sqlite_schema WHERE tbl_name <> '" + History.TABLE + "'";
    List<String> content =
        new ArrayList<>(Databases.ask(file, "SELECT sql" + own + " ORDER BY name"));
    for (String table :
        Databases.ask(file, "SELECT name" + own + " AND type = 'table' ORDER BY 1")) {
      content.addAll(
          Databases.ask(
              file, "SELECT '%s' || id || value FROM \"%s\" ORDER BY id".formatted(table, table)));
    }
    return content;
  }
}
