package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code doctor} makes of the records of runs and drills. */
class DoctorFreshnessTest extends DoctorScene {
  @Test
  void doctor_noJobAndNoDrill_saysHowToGetThem() throws Exception {
    SidecarPidFile.remove(cli.backups());
    cli.set("PATH", elsewhere.resolve("empty").toString());
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup/wb-backup");

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertStates(
        ran.out(),
        "regular-snapshots degraded no hourly job",
        "restore_drills degraded no restore");
    assertThat(ran.out())
        .contains("no scheduler here", "let whatever starts services here run `wb-backup sidecar`")
        .doesNotContain("wb-backup schedule install")
        .contains("wb-backup drill --local");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-01T04:00:00Z|restore_drills ok proven 3 days ago with snap-",
        "2026-01-20T04:00:00Z|restore_drills degraded proven 43 days ago",
        "2027-03-04T05:00:00Z|restore_drills degraded no restore was ever proven",
      })
  void doctor_agesOfTheLastProvenRestore_areJudgedByTheWindow(String at, String state)
      throws Exception {
    cli.ok("drill", "--local");
    Path drills = cli.backups().resolve("drills.jsonl");
    String text = Files.readString(drills);
    Files.writeString(drills, text.replaceAll("(\"at\":)\"[^\"]*\"", "$1\"" + at + "\""));

    assertStates(cli.run("doctor").out(), state);
  }

  @Test
  void doctor_lastDrillFailed_isFailureUntilOneIsProven() throws Exception {
    Path tarball =
        Listing.of(cli.backups()).stream()
            .filter(name -> name.endsWith(".tar.gz"))
            .map(cli.backups()::resolve)
            .findFirst()
            .orElseThrow();
    byte[] sound = Files.readAllBytes(tarball);
    cli.ok("drill", "--local");
    Files.write(tarball, Arrays.copyOf(sound, sound.length / 2));
    assertThat(cli.run("drill", "--local").exitCode()).isEqualTo(4);

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), "restore_drills blocked the last rehearsal");
    Files.write(tarball, sound);
    cli.ok("drill", "--local");
    assertStates(cli.run("doctor").out(), "restore_drills ok proven");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|local_snapshots blocked last_run.json cannot be used",
        "{}|local_snapshots blocked last_run.json cannot be used",
        "{ \"status\": \"do|local_snapshots blocked last_run.json cannot be used",
        "{\"status\":\"success\",\"finished_at\":\"2026-03-04T05-06-07Z\",\"remote\":{}}|local_snapshots"
            + " blocked no complete snapshot was taken yet",
      })
  void doctor_damagedRecord_isNeverGreen(@Nullable String record, String expected)
      throws Exception {
    Files.writeString(cli.backups().resolve("last_run.json"), record == null ? "" : record);

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), expected);
  }

  @Test
  void doctor_noRecordAtAll_saysToTakeASnapshot() throws Exception {
    Files.delete(cli.backups().resolve("last_run.json"));

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), "local_snapshots blocked no run is recorded here");
    assertThat(ran.out()).contains("wb-backup now");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-04T04:00:00Z|ok",
        "2026-03-04T02:30:00Z|degraded",
        "2026-03-04T01:00:00Z|blocked",
        "2027-03-04T05:00:00Z|degraded",
      })
  void doctor_agesOfTheLastGoodSnapshot_areJudgedByCadences(String lastGood, String state)
      throws Exception {
    Path record = cli.backups().resolve("last_run.json");
    String text = Files.readString(record);
    String changed = text.replaceAll("(\"last_good_at\" : )\"[^\"]*\"", "$1\"" + lastGood + "\"");
    Files.writeString(record, changed);

    assertStates(cli.run("doctor").out(), "local_snapshots " + state);
  }

  @Test
  void doctor_recordIsADirectory_isSaidInWords() throws Exception {
    Path record = cli.backups().resolve("last_run.json");
    Files.delete(record);
    Files.createDirectory(record);
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup/wb-backup");

    assertThat(cli.run("doctor").out()).contains("it is a directory").doesNotContain("java.");
    assertThat(cli.ok("schedule", "status").out())
        .contains("Last run: unreadable: it is a directory");
    assertThat(cli.ok("now").out())
        .contains("last_run.json is a directory, not a file; it was set aside")
        .doesNotContain("java.");
    assertThat(record).isRegularFile();
    assertThat(record.resolveSibling("last_run.json.unreadable")).isDirectory();
  }
}
