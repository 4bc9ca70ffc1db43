package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopVersionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir private Path directory;

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  @Test
  void ask_manyThatHang_costTheLimitOnceAndSayIt() {
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      commands.add(shell("sleep 60; echo " + i));
    }
    commands.add(commands.getFirst());
    TopVersions versions = new TopVersions(directory, LIMIT);
    long begun = System.nanoTime();

    versions.ask(commands);
    for (List<String> command : commands) {
      BackupException failure =
          catchThrowableOfType(BackupException.class, () -> versions.of(command));
      assertThat(failure.code()).isEqualTo(ErrorCode.MIGRATE_COMMAND_FAILED);
      assertThat(failure.text()).contains("did not end within 2 s");
    }

    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(taken).isLessThan(LIMIT.multipliedBy(commands.size() - 1));
  }

  @Test
  void of_oneCommandForSeveralDatabases_isRunOnceWhateverItSays() throws Exception {
    TopVersions versions = new TopVersions(directory, Duration.ofSeconds(30));
    List<String> tells = shell("echo x >> told; echo 7");
    List<String> fails = shell("echo x >> failed; exit 3");

    assertThat(versions.of(tells)).isEqualTo(7);
    assertThat(versions.of(tells)).isEqualTo(7);
    for (int i = 0; i < 3; i++) {
      assertThat(catchThrowableOfType(BackupException.class, () -> versions.of(fails)).text())
          .contains("ended with code 3");
    }

    assertThat(Files.readAllLines(directory.resolve("told"))).hasSize(1);
    assertThat(Files.readAllLines(directory.resolve("failed"))).hasSize(1);
  }
}
