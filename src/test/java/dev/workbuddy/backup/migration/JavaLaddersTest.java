package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Jars;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Migrations in a jar that was really compiled and packed. */
@Timeout(60)
class JavaLaddersTest {
  private static final String NOTES =
      """
      package app;
      import dev.workbuddy.backup.migration.*;
      import java.util.List;
      public class Notes implements LadderProvider {
        public String database() { return "notes"; }
        public List<Step> steps() {
          return List.of(
              Step.sql(1, "initial", "CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('a')"),
              Step.java(2, "upper case", connection -> {
                try (var statement = connection.createStatement()) {
                  statement.execute("UPDATE note SET text = '" + Helper.word() + "'");
                }
              }));
        }
        static class Helper { static String word() { return "HELP"; } }
      }
      """;

  @TempDir private Path scratch;

  private Path jar(String className, String source) throws Exception {
    return Jars.compile(scratch, className, source);
  }

  @Test
  void read_jarWithAProvider_isItsLadder() throws Exception {
    StepLadder ladder = JavaLadders.read(jar("Notes", NOTES), "notes");
    Path file = Files.createFile(scratch.resolve("notes.db"));

    Migration climb = run(file, ladder);

    assertThat(climb.to()).isEqualTo(2);
    assertThat(Databases.askOne(file, "SELECT text FROM note")).isEqualTo("HELP");
    assertThat(Databases.ask(file, "SELECT ifnull(hash_format, 'none') FROM _migration_history"))
        .containsExactly("wb-backup-sql-1", "none");
  }

  @Test
  void run_stepThatBreaksTheJavaMachine_isUndone() throws Exception {
    StepLadder ladder =
        new StepLadder(
            List.of(
                Step.java(
                    1,
                    "endless",
                    connection -> {
                      try (var statement = connection.createStatement()) {
                        statement.execute("CREATE TABLE a (b)");
                      }
                      throw new StackOverflowError();
                    })));
    Path file = Files.createFile(scratch.resolve("notes.db"));
    assertThat(Refused.with(ErrorCode.MIGRATION_FAILED, () -> run(file, ladder)).text())
        .isEqualTo("cannot migrate notes.db: step 1 (endless): StackOverflowError");
    assertThat(Databases.ask(file, "SELECT name FROM sqlite_schema")).isEmpty();
  }

  @Test
  void run_stepThatCommitsBeginsAgainAndFails_doesNotSayThatItIsUndone() throws Exception {
    StepLadder ladder =
        new StepLadder(
            List.of(
                Step.java(
                    1,
                    "escape",
                    connection -> {
                      try (var statement = connection.createStatement()) {
                        statement.execute("CREATE TABLE a (b)");
                        statement.execute("COMMIT");
                        statement.execute("BEGIN");
                      }
                      throw new IllegalStateException("no luck");
                    })));
    Path file = Files.createFile(scratch.resolve("notes.db"));
    assertThat(Refused.with(ErrorCode.MIGRATION_FAILED, () -> run(file, ladder)).hint())
        .startsWith("Part of it may have stayed");
    assertThat(Databases.ask(file, "SELECT name FROM sqlite_schema")).containsExactly("a");
  }

  private static Migration run(Path file, StepLadder ladder) throws Exception {
    return new MigrationRunner(new ObedientClock("2026-05-06T07:08:09Z"), Duration.ofSeconds(1))
        .run(file, ladder, EditedSteps.REFUSE);
  }

  @Test
  void read_jarWithoutALadderForTheDatabase_isRefusedAndSaysWhatItHas() throws Exception {
    Path jar = jar("Notes", NOTES);
    assertThat(Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(jar, "tasks")).text())
        .contains("0 ladders for tasks", "those it has are for: notes");
  }

  @Test
  void read_providerThatThrows_isRefused() throws Exception {
    Path jar =
        jar(
            "Notes",
            NOTES.replace(
                "return List.of(",
                "if (true) throw new" + " IllegalStateException(\"no luck\"); return List.of("));
    assertThat(Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(jar, "notes")).text())
        .contains("no luck");
  }

  @Test
  void read_jarThatNamesAClassItLacks_isRefused() throws Exception {
    Path jar = Jars.pack(scratch, Files.createDirectories(scratch.resolve("classes")), "app.Gone");
    assertThat(Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(jar, "notes")).text())
        .contains("app.Gone");
  }

  @Test
  void read_noJarOrNoArchive_isRefused() throws Exception {
    Path missing = scratch.resolve("missing.jar");
    Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(missing, "notes"));
    Path text = Files.writeString(scratch.resolve("text.jar"), "not an archive");
    assertThat(Refused.with(ErrorCode.LADDER_INVALID, () -> JavaLadders.read(text, "notes")).text())
        .endsWith(text + " is not a jar file");
  }
}
