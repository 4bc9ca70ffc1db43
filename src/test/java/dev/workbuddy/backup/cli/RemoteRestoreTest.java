package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that comes back from a copy off the machine. */
class RemoteRestoreTest extends RemoteCommandsScene {
  @Test
  void restore_localHistoryLost_comesFromTheRemote() throws Exception {
    configureDirectory();
    cli.ok("now");
    DurableFiles.deleteTree(cli.backups());
    cli.sql("projects.db", "DELETE FROM notes");

    cli.ok("restore", "latest");

    assertThat(cli.rows("projects.db")).isEqualTo(3);
  }

  @Test
  void restore_freshMachineWithoutAnyConfiguration_bringsEverythingBack(@TempDir Path fresh)
      throws Exception {
    configureDirectory();
    cli.ok("now");
    CommandLineFixture other = new CommandLineFixture(fresh);
    other.set("WORK_BUDDY_DATA_DIR", fresh.resolve("data").toString());

    var ran = other.ok("restore", "latest", "--from", place());

    assertThat(ran.out()).contains("tasks/task_metadata.db, 3 rows");
    for (String file : List.of("tasks/task_metadata.db", "projects.db", "entities.db")) {
      assertThat(fresh.resolve("data/db").resolve(file)).exists();
    }
    assertThat(fresh.resolve("config.yaml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void restore_copyDamagedOnTheRemote_is4AndTouchesNothing(int longer) throws Exception {
    configureDirectory();
    cli.ok("now");
    DurableFiles.deleteTree(cli.backups());
    Path tarball =
        disk.resolve(
            Listing.of(disk).stream().filter(name -> name.endsWith(".tar.gz")).findFirst().get());
    Files.write(tarball, new byte[(int) Files.size(tarball) + longer]);
    cli.sql("projects.db", "DELETE FROM notes");

    var ran = cli.run("restore", "latest");

    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.err()).contains("is damaged");
    assertThat(cli.rows("projects.db")).isZero();
    assertThat(Listing.of(directory)).noneMatch(name -> name.contains("/snap-"));
  }

  @Test
  void pull_fromAnUnusableName_is2() {
    for (String name : List.of("s3://bucket", "directory:relative", "rclone:,x=y:z", "")) {
      assertThat(cli.run("pull", "latest", "--from", name).exitCode()).as(name).isEqualTo(2);
    }
  }

  @Test
  void restoreLatest_newestCopyHasOtherBytesOfTheSameSize_isTheOneBeforeAndSaysSo()
      throws Exception {
    configureDirectory();
    cli.ok("now");
    cli.ok("now");
    List<String> ids = copies().stream().map(name -> Path.of(name).getName(1) + "").toList();
    DurableFiles.deleteTree(cli.backups());
    Path tarball = disk.resolve("laptop").resolve(ids.get(1)).resolve(ids.get(1) + ".tar.gz");
    Files.write(tarball, new byte[(int) Files.size(tarball)]);

    var ran = cli.ok("restore", "latest", "--from", place());

    assertThat(ran.out() + ran.err())
        .contains("latest in %s is %s".formatted(place(), ids.getFirst()))
        .contains("the newer %s there is damaged".formatted(ids.get(1)));
    assertThat(Listing.of(cli.backups())).noneMatch(name -> name.contains(ids.get(1)));
  }

  @Test
  void listFrom_freshMachineWithoutAnyConfiguration_showsWhatIsThere(@TempDir Path fresh)
      throws Exception {
    configureDirectory();
    cli.ok("now");
    CommandLineFixture other = new CommandLineFixture(fresh);
    other.set("WORK_BUDDY_DATA_DIR", fresh.resolve("data").toString());

    var failed = other.run("restore", "snap-2020", "--from", place());
    assertThat(failed.err()).contains("`wb-backup list --from " + place() + "`");
    assertThat(other.ok("list", "--from", place()).out()).contains("laptop", "complete");
  }

  @Test
  void restoreLatest_newestCopyCutShort_isTheOneBeforeAndSaysSo() throws Exception {
    configureDirectory();
    cli.ok("now");
    cli.ok("now");
    List<String> ids = copies().stream().map(name -> Path.of(name).getName(1) + "").toList();
    DurableFiles.deleteTree(cli.backups());
    Files.write(disk.resolve("laptop").resolve(ids.get(1)).resolve("MANIFEST.json"), new byte[5]);
    String words =
        "the newer %s there is damaged or unfinished and was passed over".formatted(ids.get(1));

    assertThat(cli.ok("pull", "latest", "--from", place()).out())
        .contains(ids.getFirst() + " from " + place(), "Note: " + words);
    assertThat(cli.ok("restore", "latest", "--from", place(), "--dry-run").out())
        .contains("Would restore " + ids.getFirst())
        .contains("Warning: latest in %s is %s; %s".formatted(place(), ids.getFirst(), words));
    assertThat(cli.ok("restore", ids.getFirst(), "--from", place(), "--dry-run").out())
        .doesNotContain("passed over");
  }
}
