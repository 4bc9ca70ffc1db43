package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlDirectoryTest {
  private static final String SQL = "CREATE TABLE a (b);";

  @TempDir private Path scratch;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws Exception {
    directory = Files.createDirectory(scratch.resolve("tasks"));
  }

  private void file(String name, String text) throws Exception {
    Files.writeString(directory.resolve(name), text);
  }

  private String refusal() {
    return Refused.with(ErrorCode.LADDER_INVALID, () -> new SqlDirectory(directory).read()).text();
  }

  @Test
  void read_numberedFiles_areStepsInOrder() throws Exception {
    file("2_add_due_date.sql", SQL);
    file("001_initial.sql", SQL);
    file("0003_x.sql", SQL);
    file("README.md", "not SQL");
    file(".001_initial.sql", "an editor's");
    file("001_initial.sql~", "an editor's");

    StepLadder ladder = new SqlDirectory(directory).read();

    assertThat(ladder.top()).isEqualTo(3);
    assertThat(ladder.steps())
        .extracting(Step::rung)
        .containsExactly(
            new StepSummary(1, "initial"),
            new StepSummary(2, "add due date"),
            new StepSummary(3, "x"));
  }

  @Test
  void read_stepThatIsNoFile_isRefused() throws Exception {
    file("001_initial.sql", SQL);
    Path step = Files.createDirectory(directory.resolve("002_later.sql"));
    assertThat(refusal()).contains("002_later.sql is not a file");
    Files.delete(step);
    Files.createSymbolicLink(step, directory.resolve("gone"));
    assertThat(refusal()).contains("002_later.sql is not a file");
  }

  @Test
  void read_missingStep_isNamed() throws Exception {
    file("001_initial.sql", SQL);
    file("003_later.sql", SQL);
    assertThat(refusal()).contains("step 2 is missing").contains("later");
  }

  @Test
  void read_ladderThatBeginsLater_isRefused() throws Exception {
    file("002_initial.sql", SQL);
    assertThat(refusal()).contains("step 1 is missing");
  }

  @Test
  void read_twoStepsOfOneVersion_isRefused() throws Exception {
    file("001_initial.sql", SQL);
    file("01_other.sql", SQL);
    assertThat(refusal()).contains("version 1 has two steps");
  }

  @Test
  void read_versionZero_isRefused() throws Exception {
    file("000_initial.sql", SQL);
    assertThat(refusal()).contains("versions begin with 1");
  }

  @Test
  void read_directoryThatIsNotThereOrEmpty_isRefused() {
    assertThat(refusal()).contains("no file like 001_initial.sql");
    directory = scratch.resolve("nowhere");
    assertThat(refusal()).contains("there is no directory");
  }

  @Test
  void read_fileWithoutNumber_isRefused() throws Exception {
    file("001_initial.sql", SQL);
    file("helper.sql", SQL);
    assertThat(refusal()).contains("helper.sql").contains("like 001_initial.sql");
  }

  @Test
  void read_fileThatIsNotText_isRefused() throws Exception {
    Files.write(directory.resolve("001_initial.sql"), new byte[] {'-', '-', (byte) 0xff});
    assertThat(refusal()).contains("UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "-- nothing yet             | holds no statement",
        "SELECT 'x                  | line 1 has a quote ' that nothing closes",
        "SELECT 1; BEGIN            | line 1 must not hold BEGIN",
        "begin immediate            | must not hold BEGIN",
        "COMMIT                     | must not hold COMMIT",
        "END                        | must not hold END",
        "ROLLBACK TO x              | must not hold ROLLBACK",
        "SAVEPOINT x                | must not hold SAVEPOINT",
        "RELEASE wb_backup_step     | must not hold RELEASE",
        "VACUUM                     | must not hold VACUUM",
        "ATTACH 'x' AS y            | must not hold ATTACH",
        "DETACH y                   | must not hold DETACH",
        "backup to 'x'              | must not hold BACKUP",
        "restore from 'x'           | must not hold RESTORE",
        "PRAGMA foreign_keys = ON   | must not hold PRAGMA FOREIGN_KEYS: they are off during a"
            + " step",
        "PRAGMA user_version = 9    | must not hold PRAGMA USER_VERSION: the step's number",
        "PRAGMA main.user_version=9 | must not hold PRAGMA USER_VERSION",
        "PRAGMA \"user_version\"=9  | must not hold PRAGMA \"USER_VERSION\"",
        "PRAGMA journal_mode = WAL  | must not hold PRAGMA JOURNAL_MODE",
        "PRAGMA                     | must not hold PRAGMA",
      })
  void read_statementThatDoesNotBelong_isRefusedWithItsLine(String sql, String problem)
      throws Exception {
    file("001_initial.sql", sql);
    assertThat(refusal()).contains("001_initial.sql").contains(problem);
  }

  @Test
  void read_permittedPragmas_areAccepted() throws Exception {
    file("001_initial.sql", "PRAGMA application_id = 7; PRAGMA main.legacy_alter_table = ON;");
    assertThat(new SqlDirectory(directory).read().top()).isEqualTo(1);
  }

  @Test
  void addStep_names_areSafeAndNumbered() throws Exception {
    SqlDirectory ladder = new SqlDirectory(directory.resolve("new/one"));
    ladder.addStep("Initial", "tasks");
    ladder.addStep("../../Ünsafe; näme'\n" + "x".repeat(90), "tasks");

    assertThat(Listing.of(directory))
        .contains("new/one/001_initial.sql")
        .contains("new/one/002_unsafe_name_" + "x".repeat(48) + ".sql")
        .hasSize(4);
    Refused.with(ErrorCode.USAGE, () -> ladder.addStep("../..", "tasks"));
  }

  @Test
  void addStep_fileWithoutStatement_isNotAppliedByMistake() throws Exception {
    new SqlDirectory(directory).addStep("initial", "tasks");
    assertThat(refusal()).contains("001_initial.sql").contains("holds no statement");
  }
}
