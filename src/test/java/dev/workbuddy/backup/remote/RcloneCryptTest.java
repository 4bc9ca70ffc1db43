package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.catalog.FolderRemotes;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies that rclone encrypts. */
class RcloneCryptTest {
  @TempDir private Path scratch;
  private final ObedientClock clock = new ObedientClock("2026-11-22T10:05:00Z");

  private Remote remote() throws Exception {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(LoopbackServer.quiet(scratch.resolve("x")));
    environment.put("RCLONE_CONFIG_C_TYPE", "crypt");
    environment.put("RCLONE_CONFIG_C_REMOTE", scratch.resolve("stored").toString());
    environment.put(
        "RCLONE_CONFIG_C_PASSWORD",
        Tools.run(scratch, List.of("rclone", "obscure", "secret")).strip());
    return FolderRemotes.rclone(
        "C:copies",
        new RemoteContext(
            "m",
            Origin.of("m", Path.of("/data")),
            environment,
            Files.createDirectories(scratch.resolve("passing")),
            clock,
            clock,
            new Random(1),
            RemoteContext.STANDARD_PART_BYTES));
  }

  @Test
  void fetch_encryptedCopyDamaged_saysSoAndThePushReplacesIt() throws Exception {
    Tools.require("rclone");
    StoredSnapshot snapshot =
        new Snapshots(scratch.resolve("backups"), 1).complete("snap-2026-11-22T10-00-00Z", 300_000);
    remote().push(snapshot, Progress.silent()).orThrow();
    Path tarball;
    try (Stream<Path> files = Files.walk(scratch.resolve("stored"))) {
      tarball =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
    }
    Databases.scribble(tarball, 1_000, 50);

    RemoteSnapshot copy = remote().list().orThrow().snapshots().getFirst();
    RemoteFile file = copy.file(snapshot.id() + ".tar.gz").orElseThrow();
    RemoteResult<?> fetched =
        remote().download(copy, file, scratch.resolve("x"), Progress.silent());
    assertThat(fetched).isInstanceOf(Failed.class);
    assertThat(((Failed<?>) fetched).fault()).isEqualTo(RemoteFault.DAMAGED);
    assertThat(((Failed<?>) fetched).hint()).contains("another password", "wb-backup push");

    assertThat(remote().push(snapshot, Progress.silent()).orThrow().sentBytes())
        .isGreaterThan(299_999);
    remote().download(copy, file, scratch.resolve("y"), Progress.silent()).orThrow();
    assertThat(scratch.resolve("y")).hasSameBinaryContentAs(snapshot.tarball());
  }
}
