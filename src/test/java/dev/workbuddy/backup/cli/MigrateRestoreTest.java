package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Restores that migrate, as a user meets them. */
class MigrateRestoreTest extends MigrateScene {
  @Test
  void restore_olderSnapshot_showsItsWayInPlanAndResult() throws Exception {
    cli.ok("now");
    String way = "from schema version 3 to 4";
    assertThat(cli.ok("restore", "latest", "--dry-run").out())
        .contains("to migrate " + way, "4  step 4");
    assertThat(cli.ok("restore", "latest").out()).contains("migrated " + way, "4  step 4");
    assertThat(version(PROJECTS)).isEqualTo("4");
  }

  @Test
  void restore_quietAndATableIsGone_warnsAndSaysNothingElse() throws Exception {
    cli.ok("now");
    step("projects", 4, "DROP TABLE notes;");
    var ran = cli.ok("restore", "latest", "--quiet");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualToNormalizingNewlines(
            "Warning: projects: the migration removed table notes, which had 3 rows\n");
  }

  @Test
  void restore_snapshotFromTheFuture_is3AndNothingOnDiskChanges() throws Exception {
    cli.sql(PROJECTS, "PRAGMA user_version = 5");
    cli.ok("now");
    cli.sql(PROJECTS, "PRAGMA user_version = 4", "DELETE FROM notes");
    Map<String, String> before = everything();

    for (String[] command :
        List.of(
            new String[] {"restore", "latest"}, new String[] {"restore", "latest", "--dry-run"})) {
      assertThat(refused(3, command))
          .contains("projects has schema version 5, and the migrations end at 4");
      assertThat(everything()).isEqualTo(before);
    }
    assertThat(Files.readAllLines(cli.backups().resolve("restores.jsonl")))
        .singleElement()
        .asString()
        .contains("\"status\":\"failed\"", "projects has schema version 5");
    assertThat(cli.ok("restore", "latest", "--force").out()).contains("(--force)");
    assertThat(version(PROJECTS)).isEqualTo("5");
  }
}
