package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A remote that never answers keeps neither a snapshot nor another remote waiting. */
class SlowRemoteTest {
  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  private static String lock(String remote) {
    return "push-" + Checksums.mark(remote, 8) + ".lock";
  }

  private List<String> copies() throws Exception {
    return Listing.of(elsewhere).stream().filter(name -> name.endsWith("SHA256SUMS")).toList();
  }

  @Test
  void now_anotherRunHangsAtOneRemote_theOtherRemoteGetsItsCopy() throws Exception {
    Tools.require("rclone");
    CommandLineFixture cli = new CommandLineFixture(directory).withDatabases();
    cli.set("PATH", System.getenv("PATH"));
    String slow = "rclone:nas:" + directory.resolve("slow");
    cli.set("RCLONE_CONFIG", "/dev/null");
    cli.set("RCLONE_CONFIG_NAS_TYPE", "local");
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { rclone: { remote: '%s' }, directory: { path: '%s' } }"
            .formatted(slow.substring("rclone:".length()), elsewhere));
    cli.run("now");
    try (RunLock _ = RunLock.acquire(cli.backups().resolve(lock(slow)), "push snapshots")) {
      CommandLineFixture.Ran now = cli.run("now");

      assertThat(now.exitCode()).isEqualTo(5);
      assertThat(now.out()).contains(slow + ": another run is pushing");
      assertThat(copies()).hasSize(2);
      assertThat(cli.run("push", "latest").out()).contains("another run is pushing");
    }
  }

  /** A gh that hangs until somebody lets it go. */
  private void hangingGh(CommandLineFixture cli) throws Exception {
    Tools.require("sh");
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path gh =
        Files.writeString(
            bin.resolve("gh"),
            "#!/bin/sh\ntouch '%1$s/asked'\nwhile [ ! -e '%1$s/go' ]; do sleep 0.1; done\nexit 1\n"
                .formatted(directory));
    assertThat(gh.toFile().setExecutable(true)).isTrue();
    cli.set("PATH", bin + ":" + System.getenv("PATH"));
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { github: { repo: me/data }, directory: { path: '%s' } }".formatted(elsewhere));
  }

  @Test
  @Timeout(120)
  void now_githubHangs_itsSnapshotAndTheNextOneAreThereAtOnce() throws Exception {
    CommandLineFixture cli = new CommandLineFixture(directory).withDatabases();
    hangingGh(cli);
    CompletableFuture<CommandLineFixture.Ran> first =
        CompletableFuture.supplyAsync(() -> cli.run("now"));
    while (!Files.exists(directory.resolve("asked"))) {
      Thread.onSpinWait();
    }
    assertThat(snapshots(cli)).hasSize(1);

    CommandLineFixture.Ran second = cli.run("now");

    assertThat(first).isNotDone();
    assertThat(second.exitCode()).as(second.toString()).isIn(0, 5);
    assertThat(snapshots(cli)).hasSize(2);
    assertThat(copies()).hasSize(2);
    Files.createFile(directory.resolve("go"));
    assertThat(first.join().exitCode()).isIn(0, 5);
  }

  private static List<String> snapshots(CommandLineFixture cli) throws Exception {
    return Listing.of(cli.backups()).stream()
        .filter(name -> name.startsWith("snap-") && name.endsWith("SHA256SUMS"))
        .toList();
  }
}
