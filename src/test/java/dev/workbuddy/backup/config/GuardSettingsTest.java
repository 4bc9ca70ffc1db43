package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which limits a table has. */
class GuardSettingsTest {
  @TempDir private Path dir;

  private GuardSettings guard(String yaml) {
    return new ConfigFixture(dir).shared(yaml).load().settings().guard();
  }

  @ParameterizedTest
  @CsvSource({
    "tasks, notes, 30, 20",
    "tasks, queue, 100, 20",
    "tasks, QUEUE, 100, 20",
    "tasks, queues, 30, 20",
    "projects, queue, 30, 20",
    "tasks, cache_2026, 90, 20",
    "tasks, cache_main, 50, 20",
    "tasks, cache_x.y, 90, 20",
    "messages, whatever, 30, 0",
    "threads, a\\Eb, 7, 20",
    "threads, a\\Eb2, 30, 20",
  })
  void limits_rulesOfTables_exactNameBeforeStarAndFirstStarBeforeLater(
      String database, String table, int percent, int rows) {
    GuardSettings guard =
        guard(
            """
            backups:
              guard:
                tables:
                  tasks:
                    queue: { max_shrink_percent: 100 }
                    "cache_*": { max_shrink_percent: 90 }
                    "*_main": { max_shrink_percent: 40 }
                    cache_main: { max_shrink_percent: 50 }
                  messages:
                    "*": { min_rows: 0 }
                  threads:
                    'a\\Eb': { max_shrink_percent: 7 }
            """);

    assertThat(guard.limits(database, table)).isEqualTo(new GuardSettings.Limits(percent, rows));
  }

  @Test
  void load_off_comparesNothing() {
    assertThat(guard("backups: { guard: off }").on()).isFalse();
    assertThat(guard("").on()).isTrue();
  }

  @Test
  void load_localFileSaysOff_overridesTheSection() {
    ConfigFixture config = new ConfigFixture(dir).shared("backups: { guard: { min_rows: 3 } }");

    assertThat(config.local("backups: { guard: off }").load().settings().guard().on()).isFalse();
  }
}
