package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application's own command, and everything that may be wrong with one. */
@Timeout(60)
class CommandLadderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path scratch;
  private Path file;

  @BeforeEach
  void makeDatabase() throws Exception {
    Tools.require("python3");
    file =
        Databases.run(
            scratch.resolve("a b;$(x)'.db"), "CREATE TABLE a (b)", "PRAGMA user_version = 2");
  }

  private Migration run(Duration limit, String script) throws Exception {
    List<String> command = List.of("python3", "-c", "import sqlite3, sys\n" + script, "file={db}");
    return new MigrationRunner(new ObedientClock("2026-05-06T07:08:09Z"), Duration.ofSeconds(1))
        .run(file, new CommandLadder(command, scratch, 4, limit), EditedSteps.REFUSE);
  }

  private BackupException failure(Duration limit, String script) {
    return Refused.with(ErrorCode.MIGRATE_COMMAND_FAILED, () -> run(limit, script));
  }

  private static String setVersion(int version) {
    return """
    db = sqlite3.connect(sys.argv[1].removeprefix('file='))
    db.execute('PRAGMA user_version = %d')
    """
        .formatted(version);
  }

  @Test
  void run_commandThatReachesTheTop_climbs() throws Exception {
    Migration climb = run(PATIENCE, setVersion(4));
    assertThat(climb.from()).isEqualTo(2);
    assertThat(climb.to()).isEqualTo(4);
    assertThat(climb.steps()).hasSize(1);
    assertThat(Databases.askOne(file, "PRAGMA user_version")).isEqualTo("4");
  }

  @Test
  void run_databaseAtTheTop_doesNotStartTheCommand() throws Exception {
    Databases.run(file, "PRAGMA user_version = 4");
    Path trace = scratch.resolve("trace");
    assertThat(run(PATIENCE, "open('" + trace + "', 'w')").changes()).isFalse();
    assertThat(trace).doesNotExist();
  }

  @Test
  void run_databaseAboveTheTop_isRefused() throws Exception {
    Databases.run(file, "PRAGMA user_version = 5");
    Refused.with(ErrorCode.SCHEMA_TOO_NEW, () -> run(PATIENCE, setVersion(4)));
  }

  @Test
  void run_commandThatFails_saysWhatItSaid() {
    BackupException failure =
        failure(PATIENCE, "print('\\x1b[31mno\\x07 such column: colour')\nsys.exit(3)");
    assertThat(failure.text())
        .contains("ended with code 3", "such column: colour")
        .doesNotContain("\u001b");
  }

  @Test
  void run_commandThatLeavesTheVersion_isAFailure() {
    assertThat(failure(PATIENCE, "pass").text())
        .contains("left the schema version at 2, and max_schema_version is 4");
  }

  @Test
  void run_commandThatMissesTheTop_isAFailure() {
    assertThat(failure(PATIENCE, setVersion(3)).text()).contains("led to schema version 3");
    assertThat(failure(PATIENCE, setVersion(9)).text()).contains("led to schema version 9");
  }

  @Test
  void run_commandThatHangs_isEnded() {
    BackupException failure = failure(Duration.ofMillis(300), "sys.stdin.read()\nwhile True: pass");
    assertThat(failure.text()).contains("did not end within");
  }

  @Test
  void run_commandThatIsNotThere_isNamed() {
    CommandLadder ladder =
        new CommandLadder(List.of("no-such-program-here", "{db}"), scratch, 4, PATIENCE);
    BackupException failure =
        Refused.with(
            ErrorCode.MIGRATE_COMMAND_FAILED,
            () ->
                new MigrationRunner(new ObedientClock("2026-05-06T07:08:09Z"), PATIENCE)
                    .run(file, ladder, EditedSteps.REFUSE));
    assertThat(failure.text()).contains("cannot be started", "no-such-program-here");
    assertThat(failure.hint()).contains("without a shell");
  }

  @Test
  void limitFor_largerFiles_isLonger() {
    CommandLadder ladder = new CommandLadder(List.of("x"), scratch, 4, PATIENCE);
    assertThat(ladder.limitFor(0)).isEqualTo(PATIENCE);
    assertThat(ladder.limitFor(3_000_000_000L)).isEqualTo(PATIENCE.plusSeconds(3000));
  }

  @Test
  void commandFor_placeholderAnywhere_becomesTheAbsoluteFile() {
    CommandLadder ladder =
        new CommandLadder(List.of("tool", "--db={db}", "{db}"), scratch, 4, PATIENCE);
    assertThat(ladder.commandFor(file)).containsExactly("tool", "--db=" + file, file.toString());
    assertThat(Files.exists(file)).isTrue();
  }
}
