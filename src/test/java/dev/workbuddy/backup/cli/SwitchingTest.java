package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** work-buddy's data root, as its user meets us with it. */
class SwitchingTest {
  @TempDir private Path directory;
  private CommandLineFixture cli;

  @BeforeEach
  void makeDatabases() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
  }

  @Test
  void now_withoutAnyConfiguration_savesWhatIsInItsUsualPlaceAndSaysSo() throws Exception {
    Files.delete(directory.resolve("config.yaml"));

    var ran = cli.ok("now");

    assertThat(ran.out()).contains("no config.yaml in " + directory, "wb-backup init");
    assertThat(cli.ok("config", "show").out()).contains("profile work-buddy");
  }

  @Test
  void now_optionalDatabase_isMissedOnceASnapshotHadIt() throws Exception {
    cli.ok("now");
    cli.sql("settings.db", "CREATE TABLE notes (id)", "INSERT INTO notes VALUES (1)");
    assertThat(cli.ok("now", "--json").out()).contains("\"name\" : \"settings\"");

    Files.delete(cli.live("settings.db"));

    for (int again = 0; again < 2; again++) {
      var ran = cli.run("now");
      assertThat(ran.exitCode()).isEqualTo(5);
      assertThat(ran.out() + ran.err()).contains("settings");
    }
  }

  @Test
  void restore_databaseTheConfigurationDoesNotKnow_comesOnRequest() throws Exception {
    cli.sql("extra.db", "CREATE TABLE notes (id)", "INSERT INTO notes VALUES (1)");
    Path local = directory.resolve("config.local.yaml");
    Files.writeString(local, "backups: { databases: { extra: { path: extra.db } } }");
    cli.ok("now");
    Files.delete(local);
    Files.delete(cli.live("extra.db"));

    var known = cli.ok("restore", "latest");
    assertThat(known.out()).contains("extra stays in the snapshot", "--also extra");
    assertThat(cli.live("extra.db")).doesNotExist();
    cli.ok("verify", "--all");
    cli.ok("diff", "latest", "--db", "projects");
    assertThat(cli.ok("query", "latest", "extra", "SELECT count(*) FROM notes").out())
        .contains("1");

    cli.ok("restore", "latest", "--only", "projects", "--also", "extra");
    assertThat(cli.rows("extra.db")).isEqualTo(1);
  }

  @Test
  void everyCommand_twoFilesForOneDatabase_asksWhichIsMeant() throws Exception {
    cli.sql("task_metadata.db", "CREATE TABLE notes (id)");

    var ran = cli.run("now");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains(cli.live("task_metadata.db").toString())
        .contains(cli.live("tasks/task_metadata.db").toString())
        .contains("backups.databases.tasks.path");
  }
}
