package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.SmallDisk;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full as soon as a snapshot is there: the answer is that it is there. */
class FullDiskAfterPublishTest {
  private static final String FILL =
      """
      import sys
      with open(sys.argv[1], "wb", 0) as filler:
          try:
              while True:
                  filler.write(bytes(4096))
          except OSError:
              pass
      """;

  @TempDir Path root;

  @Test
  void now_diskIsFullAfterTheSnapshotIsThere_saysSoAndThatItIsNotOnRecord() throws Exception {
    Tools.require("python3");
    try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), 40)) {
      CommandLineFixture commands = new CommandLineFixture(disk.root()).withDatabases();
      Path filler = disk.root().resolve("filler");
      Path program = Files.writeString(root.resolve("fill.py"), FILL);
      Path config = disk.root().resolve("config.local.yaml");
      Files.writeString(
          config,
          "backups: { hooks: { after_snapshot: [python3, %s, %s] } }".formatted(program, filler));

      CommandLineFixture.Ran now = commands.run("now");

      assertThat(filler).exists();
      assertThat(now.exitCode()).as(now.toString()).isEqualTo(5);
      assertThat(now.out() + now.err())
          .contains("the snapshot is there, but last_run.json could not be written");
      Files.delete(filler);
      Files.delete(config);
      assertThat(commands.ok("list").out()).contains("snap-2026-03-04T");
      assertThat(commands.ok("verify", "--all").out()).doesNotContain("damaged");
      assertThat(commands.run("now").exitCode()).isZero();
    }
  }
}
