package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One snapshot that cannot be read ends no loop over all of them. */
class UnreadableSnapshotTest {
  @TempDir private Path directory;

  enum Trouble {
    MANIFEST_IS_A_DIRECTORY {
      @Override
      void cause(Path snapshot) throws IOException {
        replace(snapshot.resolve("MANIFEST.json"));
      }
    },
    MANIFEST_IS_GONE {
      @Override
      void cause(Path snapshot) throws IOException {
        Files.delete(snapshot.resolve("MANIFEST.json"));
      }
    },
    MANIFEST_IS_NO_JSON {
      @Override
      void cause(Path snapshot) throws IOException {
        Files.writeString(snapshot.resolve("MANIFEST.json"), "{\u0000");
      }
    },
    CHECKSUMS_ARE_A_DIRECTORY {
      @Override
      void cause(Path snapshot) throws IOException {
        replace(snapshot.resolve("SHA256SUMS"));
      }
    },
    HOLD_IS_A_DIRECTORY {
      @Override
      void cause(Path snapshot) throws IOException {
        Files.createDirectories(snapshot.resolve("HOLD.json/x"));
      }
    },
    TARBALL_IS_GONE {
      @Override
      void cause(Path snapshot) throws IOException {
        Files.delete(snapshot.resolve(snapshot.getFileName() + ".tar.gz"));
      }
    },
    TARBALL_IS_A_DIRECTORY {
      @Override
      void cause(Path snapshot) throws IOException {
        replace(snapshot.resolve(snapshot.getFileName() + ".tar.gz"));
      }
    },
    DIRECTORY_IS_EMPTY {
      @Override
      void cause(Path snapshot) throws IOException {
        DurableFiles.deleteTree(snapshot);
        Files.createDirectory(snapshot);
      }
    };

    abstract void cause(Path snapshot) throws IOException;

    private static void replace(Path file) throws IOException {
      Files.delete(file);
      Files.createDirectories(file.resolve("x"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLoopOverAll_oneInTrouble_goesOnWithTheOthers(Trouble trouble) throws Exception {
    CommandLineFixture cli = new CommandLineFixture(directory).withDatabases();
    cli.ok("now", "--manual");
    cli.ok("now");
    List<Path> snapshots = snapshots(cli);
    Path bad = snapshots.getFirst();
    String good = snapshots.getLast().getFileName().toString();
    Path remote = Files.createDirectory(directory.resolve("far"));
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: {directory: {path: \"%s\"}}".formatted(remote));
    trouble.cause(bad);

    assertThat(cli.run("list").out()).contains(good, bad.getFileName().toString());
    var verified = cli.run("verify", "--all");
    assertThat(verified.out()).contains(good + "  sound");
    if (trouble == Trouble.HOLD_IS_A_DIRECTORY) {
      return; // Only the mark is broken, and a broken mark holds.
    }
    assertThat(verified.exitCode()).isIn(Status.DAMAGED.exitCode(), Status.INCOMPLETE.exitCode());
    assertThat(verified.out()).contains(bad.getFileName() + "  ");
    var pushed = cli.run("push", "--all-missing");
    assertThat(pushed.exitCode()).as(pushed.toString()).isNotZero();
    assertThat(pushed.out() + pushed.err()).contains(good, bad.getFileName().toString());
    assertThat(cli.ok("diff", "latest").out()).contains(good);
    assertThat(cli.ok("pull", good).exitCode()).isZero();
    assertThat(cli.ok("drill", "--local").out()).contains(good);
    assertThat(cli.ok("prune", "--yes").exitCode()).isZero();
    assertThat(cli.run("doctor").err()).doesNotContain("internal error");
    assertThat(cli.run("now").exitCode())
        .isIn(Status.DONE.exitCode(), Status.INCOMPLETE.exitCode()); // The push tells of it.
    assertThat(cli.ok("restore", "latest", "--yes").exitCode()).isZero();
  }

  /** By name, which is by age. */
  private static List<Path> snapshots(CommandLineFixture cli) throws IOException {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("snap-"))
          .sorted()
          .toList();
    }
  }
}
