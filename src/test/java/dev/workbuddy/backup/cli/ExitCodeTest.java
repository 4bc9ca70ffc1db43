package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.RunLock;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes, each reached the way a user reaches it, with a message and a next step. */
class ExitCodeTest {
  @TempDir private Path directory;
  private CommandLineFixture cli;

  @BeforeEach
  void start() {
    cli = new CommandLineFixture(directory);
  }

  private Path onlyTarball() throws Exception {
    try (Stream<Path> tree = Files.walk(cli.backups())) {
      return tree.filter(path -> path.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
  }

  private static void hasMessageAndHint(CommandLineFixture.Ran ran) {
    List<String> lines = ran.err().lines().filter(line -> !line.isBlank()).toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
    assertThat(ran.err()).contains("wb-backup: ").doesNotContain("\tat ").doesNotContain("null");
    assertThat(lines.getLast()).startsWith("  ");
  }

  @Test
  void now_snapshotTaken_is0() throws Exception {
    cli.withDatabases();
    assertThat(cli.run("now").exitCode()).isEqualTo(0);
  }

  @Test
  void now_noConfiguration_is2AndNamesInit() {
    var ran = cli.run("now");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("wb-backup init");
    hasMessageAndHint(ran);
  }

  @Test
  void now_noDataRoot_is1() {
    cli.ok("init");
    var ran = cli.run("now");
    assertThat(ran.exitCode()).isEqualTo(1);
    hasMessageAndHint(ran);
  }

  @Test
  void now_oneDatabaseMissing_is5AndSavesTheOthers() throws Exception {
    cli.withDatabases();
    Files.delete(cli.live("threads.db"));
    var ran = cli.run("now");
    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("4 databases").contains("NOT SAVED: threads");
  }

  @Test
  void now_anotherRunGoingOn_is6AndNamesIt() throws Exception {
    cli.withDatabases().ok("now");
    try (RunLock _ = RunLock.acquire(cli.backups().resolve("lock"), "test")) {
      var ran = cli.run("now");
      assertThat(ran.exitCode()).isEqualTo(6);
      assertThat(ran.err()).contains("pid " + ProcessHandle.current().pid());
      hasMessageAndHint(ran);
    }
  }

  @Test
  void verify_damagedTarball_is4AndNamesTheSnapshot() throws Exception {
    cli.withDatabases().ok("now");
    Path tarball = onlyTarball();
    try (RandomAccessFile file = new RandomAccessFile(tarball.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int old = file.read();
      file.seek(file.length() / 2);
      file.write(old ^ 0x10);
    }
    var ran = cli.run("verify");
    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.out()).contains("DAMAGED").contains("checksum");
    String id = tarball.resolveSibling(".").normalize().getFileName().toString();
    assertThat(cli.run("restore", id).exitCode()).isEqualTo(4);
    assertThat(cli.run("restore", "latest").err()).contains("none of the snapshots", "checksum");
    assertThat(cli.rows("projects.db")).isEqualTo(3);
  }

  @Test
  void restore_targetNotEmpty_is3() throws Exception {
    cli.withDatabases().ok("now");
    Files.createDirectories(directory.resolve("full/of/things"));
    var ran = cli.run("restore", "latest", "--to", "full");
    assertThat(ran.exitCode()).isEqualTo(3);
    hasMessageAndHint(ran);
  }

  @Test
  void anyCommand_unknownOptionOrId_is2Or1WithAHint() throws Exception {
    cli.withDatabases().ok("now");
    for (String[] arguments :
        new String[][] {{"restore", "../x"}, {"now", "--nothing"}, {"list", "surplus"}}) {
      var ran = cli.run(arguments);
      assertThat(ran.exitCode()).isEqualTo(2);
      hasMessageAndHint(ran);
    }
    assertThat(cli.run("show", "snap-1999").exitCode()).isEqualTo(1);
  }

  @Test
  void restoreAndRollback_throughTheCommandLine_bringDataThereAndBack() throws Exception {
    cli.withDatabases().ok("now");
    cli.sql("projects.db", "DELETE FROM notes");
    cli.ok("restore", "latest");
    assertThat(cli.rows("projects.db")).isEqualTo(3);
    cli.ok("rollback");
    assertThat(cli.rows("projects.db")).isEqualTo(0);
  }

  @Test
  void quiet_everyCommand_printsNothingWhenAllIsWell() throws Exception {
    cli.withDatabases();
    for (String command : List.of("now", "list", "verify", "prune")) {
      var ran = cli.ok(command, "--quiet");
      assertThat(ran.out() + ran.err()).as(command).isEmpty();
    }
  }

  @Test
  void demo_runsItsWholeStory() {
    var ran = cli.run("demo");
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(0);
    assertThat(ran.out())
        .contains("Accident", "Restored", "from schema version 1 to 3", "Proof: all");
  }
}
