package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.FolderRemotes;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Snapshots;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bringing a remote up to date asks of it. */
class PushToRemoteTest {
  @TempDir private Path scratch;
  private final ObedientClock clock = new ObedientClock("2026-11-22T10:05:00Z");
  private final Origin origin = Origin.of("this-machine", Path.of("/data"));

  private Remote directory() throws Exception {
    RemoteContext context =
        new RemoteContext(
            "this-machine",
            origin,
            Map.of(),
            Files.createDirectories(scratch.resolve("passing")),
            clock,
            clock,
            new Random(7),
            RemoteContext.STANDARD_PART_BYTES);
    Path disk = Files.createDirectories(scratch.resolve("disk"));
    return FolderRemotes.directory(disk, Optional.empty(), context);
  }

  /** The same remote, noting what it is asked. */
  private static Remote noting(Remote remote, List<String> asked) {
    return (Remote)
        Proxy.newProxyInstance(
            Remote.class.getClassLoader(),
            new Class<?>[] {Remote.class},
            (_, method, arguments) -> {
              if (!method.getName().equals("name")) {
                asked.add(method.getName());
              }
              return method.invoke(remote, arguments);
            });
  }

  private RemoteReport run(Remote remote, StoredSnapshot wanted) throws Exception {
    RemoteSweep sweep =
        new RemoteSweep(
            remote,
            new RetentionRules(
                RetentionSettings.defaults(),
                InstantSource.fixed(Instant.parse("9999-01-01T00:00:00Z"))),
            () -> true);
    return new PushToRemote(remote, sweep, (_, _, _, _) -> List.of(), clock, Progress.silent())
        .run(Optional.of(wanted), List.of(wanted), List.of(), 5);
  }

  @Test
  void run_snapshotIsThereAlready_costsOneListing() throws Exception {
    StoredSnapshot snapshot =
        new Snapshots(scratch.resolve("backups"), 1).complete("snap-2026-11-22T10-00-00Z", 3_000);
    List<String> asked = new ArrayList<>();
    Remote remote = noting(directory(), asked);
    assertThat(run(remote, snapshot).pushed()).hasSize(1);
    assertThat(asked).containsExactly("inspect", "push");
    asked.clear();

    RemoteReport again = run(remote, snapshot);

    assertThat(again.isDone()).isTrue();
    assertThat(again.pushed()).isEmpty();
    assertThat(asked).containsExactly("inspect");
  }
}
