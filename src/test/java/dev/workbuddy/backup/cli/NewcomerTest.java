package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people who do not know the program do to it. */
class NewcomerTest {
  @TempDir private Path directory;
  private CommandLineFixture cli;

  @BeforeEach
  void start() {
    cli = new CommandLineFixture(directory);
  }

  private List<String> snapshots() throws Exception {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("snap-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void twoApplicationsInOneDataRoot_neitherSweepsNorRestoresTheOther() throws Exception {
    cli.withDatabases().ok("now");
    Files.move(directory.resolve(".data/db"), directory.resolve(".data/shop"));
    Path config = directory.resolve("config.yaml");
    Files.writeString(config, Files.readString(config).replace("db_dir: db", "db_dir: shop"));

    for (String[] command : new String[][] {{"now"}, {"restore", "latest"}}) {
      var refused = cli.run(command);
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("of the live directory db");
    }
    assertThat(snapshots()).hasSize(1);
    cli.ok("restore", "latest", "--force");
  }

  @Test
  void now_historyDatedInTheFuture_keepsWhatItTookAndWarns() throws Exception {
    cli.withDatabases();
    String config = Files.readString(directory.resolve("config.yaml"));
    Files.writeString(directory.resolve("config.yaml"), config.replace("manual: 20", "manual: 1"));
    List<String> future =
        IntStream.range(1, 5).mapToObj("snap-2999-01-0%dT00-00-00Z-manual"::formatted).toList();
    for (String id : future) {
      String taken = cli.run("now", "--manual").out().split(" ", 2)[0];
      rename(taken, id);
    }

    var ran = cli.run("now", "--manual", "--label", "IMPORTANT");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(snapshots()).contains(ran.out().split(" ", 2)[0]);
    assertThat(ran.out()).contains("4 snapshots are dated in the future", "Check the clock");
  }

  @Test
  void verify_allTogetherWithAnId_isRefused() throws Exception {
    cli.withDatabases().ok("now");
    assertThat(cli.run("verify", "--all", "nope").exitCode()).isEqualTo(2);
    assertThat(cli.run("hold", "latest", "--release", "--reason", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void latest_onlyDamagedSnapshots_saysWhatIsWrongWithThem() throws Exception {
    String id = cli.withDatabases().ok("now").out().split(" ", 2)[0];
    Files.delete(cli.backups().resolve(id).resolve("MANIFEST.json"));
    var ran = cli.run("verify", "latest");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("none of the snapshots", "MANIFEST.json is not there");
  }

  private void rename(String from, String to) throws Exception {
    Path renamed = cli.backups().resolve(to);
    Files.move(cli.backups().resolve(from), renamed);
    Files.move(renamed.resolve(from + ".tar.gz"), renamed.resolve(to + ".tar.gz"));
  }

  @Test
  void liveDirectoryThatCannotBeSwapped_isToldByNowAndRefusedByRestore() throws Exception {
    cli.withDatabases();
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.move(cli.live("tasks/task_metadata.db"), elsewhere.resolve("task_metadata.db"));
    Files.delete(cli.live("tasks"));
    Files.createSymbolicLink(cli.live("tasks"), elsewhere);

    assertThat(cli.ok("now").out()).contains("Warning: ").contains("is a symbolic link");
    var refused = cli.run("restore", "latest");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("is a symbolic link");
    cli.ok("restore", "latest", "--to", "unpacked");
  }

  @Test
  void liveDirectoryThatIsAMountPoint_isToldByNowAndRefusedByRestore() throws Exception {
    cli.withDatabases();
    Path live = directory.resolve(".data/db");
    Process mount = new ProcessBuilder("mount", "--bind", live.toString(), live.toString()).start();
    Tools.requirePermission(mount.onExit().join().exitValue() == 0, "this test may not mount");
    try {
      assertThat(cli.ok("now").out()).contains("is a mount point");
      assertThat(cli.run("restore", "latest").exitCode()).isEqualTo(3);
    } finally {
      Tools.run(directory, List.of("umount", live.toString()));
    }
  }

  @Test
  void dataRootThatIsNotMounted_isNoEmptyHistory() throws Exception {
    cli.withDatabases();
    cli.set("WORK_BUDDY_DATA_DIR", directory.resolve("not/mounted").toString());
    for (String command : List.of("list", "verify", "prune", "now")) {
      var ran = cli.run(command);
      assertThat(ran.exitCode()).as(command).isEqualTo(1);
      assertThat(ran.err()).contains("does not exist");
    }
  }

  @Test
  void label_withWhatDrivesATerminal_isRefused() throws Exception {
    cli.withDatabases();
    for (String label : List.of("two\nlines", "\u001b[31mred", "\u202etxet", "x".repeat(201))) {
      assertThat(cli.run("now", "--label", label).exitCode()).isEqualTo(2);
    }
    cli.ok("now", "--label", "größe 🗂");
  }

  @Test
  void verify_snapshotUnderTheTimeOfAnother_isDamage() throws Exception {
    cli.withDatabases();
    String taken = cli.ok("now").out().split(" ", 2)[0];
    String other = "snap-2025-01-01T00-00-00Z";
    rename(taken, other);
    Path sums = cli.backups().resolve(other).resolve("SHA256SUMS");
    String text = Files.readString(sums, StandardCharsets.UTF_8);
    Files.writeString(sums, text.replace(taken, other));

    var ran = cli.run("verify", other);
    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.out()).contains("the manifest says that it was taken at 2026-03-04");
  }

  @Test
  void quiet_incompleteSnapshot_saysWhatIsMissing() throws Exception {
    cli.withDatabases();
    Files.delete(cli.live("threads.db"));
    var ran = cli.run("now", "--quiet");
    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.err()).contains("NOT SAVED: threads");
  }
}
