package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.catalog.FolderRemotes;
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

  /** The same remote, answering otherwise to one kind of question. */
  private static Remote answering(Remote remote, String question, Answer answer) {
    return (Remote)
        Proxy.newProxyInstance(
            Remote.class.getClassLoader(),
            new Class<?>[] {Remote.class},
            (_, method, arguments) ->
                method.getName().equals(question)
                    ? answer.to((RemoteResult<?>) method.invoke(remote, arguments))
                    : method.invoke(remote, arguments));
  }

  @FunctionalInterface
  private interface Answer {
    Object to(RemoteResult<?> usual);
  }

  private RemoteReport run(Remote remote, StoredSnapshot wanted) throws Exception {
    return run(remote, wanted, List.of(wanted), 5);
  }

  private RemoteReport run(
      Remote remote, StoredSnapshot wanted, List<StoredSnapshot> local, int most) throws Exception {
    RemoteSweep sweep =
        new RemoteSweep(
            remote,
            new RetentionRules(
                RetentionSettings.defaults(),
                InstantSource.fixed(Instant.parse("9999-01-01T00:00:00Z"))),
            () -> true,
            List.of());
    return new PushToRemote(
            remote, sweep, (_, _, _, _) -> RemoteResult.ok(List.of()), clock, Progress.silent())
        .run(Optional.of(wanted), local, List.of(), most);
  }

  private static RemoteListing leftBehind(RemoteResult<?> listed) {
    RemoteListing listing = (RemoteListing) listed.orThrow();
    return new RemoteListing(listing.snapshots(), listing.gaps(), true);
  }

  @Test
  void run_tidyingFails_isPushedAndNotSwept() throws Exception {
    StoredSnapshot snapshot =
        new Snapshots(scratch.resolve("backups"), 1).complete("snap-2026-11-22T10-00-00Z", 3_000);
    Remote listing = answering(directory(), "inspect", usual -> RemoteResult.ok(leftBehind(usual)));
    Remote failing =
        answering(
            listing,
            "sweepOrphans",
            _ -> RemoteResult.failed(RemoteFault.NETWORK, "the line is down", "Wait."));

    RemoteReport report = run(failing, snapshot);

    assertThat(report.status()).isEqualTo("unswept");
    assertThat(report.holdsAll()).isTrue();
    assertThat(report.pushed()).hasSize(1);
    assertThat(report.waiting()).isZero();
    assertThat(report.detail() + report.hint()).contains("the line is down", "Wait.");
  }

  @Test
  void run_tidied_isTold() throws Exception {
    StoredSnapshot snapshot =
        new Snapshots(scratch.resolve("backups"), 1).complete("snap-2026-11-22T10-00-00Z", 3_000);
    String left = "snap-2026-11-10T10-00-00Z.partial-2026-11-10T10-00-00Z-00000001";
    Path folder = Files.createDirectories(scratch.resolve("disk/this-machine").resolve(left));
    Files.createFile(folder.resolve("MANIFEST.json"));

    assertThat(run(directory(), snapshot).tidied())
        .containsExactly("deleted this-machine/%s: a push that was broken off".formatted(left));
  }

  @Test
  void run_rottenSnapshotHere_othersArePushedSweptAndTheWayOutIsNamed() throws Exception {
    Snapshots snapshots = new Snapshots(scratch.resolve("backups"), 1);
    StoredSnapshot wanted = snapshots.complete("snap-2026-11-22T10-00-00Z", 3_000);
    StoredSnapshot rotten = snapshots.complete("snap-2026-11-22T09-00-00Z", 3_000);
    StoredSnapshot older = snapshots.complete("snap-2026-11-22T08-00-00Z", 3_000);
    Files.write(rotten.tarball(), new byte[3_000]);
    List<String> asked = new ArrayList<>();
    Remote remote =
        noting(
            answering(directory(), "inspect", usual -> RemoteResult.ok(leftBehind(usual))), asked);

    RemoteReport report = run(remote, wanted, List.of(wanted, rotten, older), 1);

    assertThat(report.pushed())
        .containsExactly("snap-2026-11-22T10-00-00Z", "snap-2026-11-22T08-00-00Z");
    assertThat(asked).contains("sweepOrphans");
    assertThat(report.isDone()).isFalse();
    assertThat(report.detail()).contains(rotten.id() + " is damaged on this machine");
    assertThat(report.hint())
        .contains("`wb-backup pull " + rotten.id(), "delete " + rotten.directory());
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
