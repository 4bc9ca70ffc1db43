package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Snapshots;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is fetched again, what is not, and what is kept. */
class FetchTest extends RemoteScene {
  private static final String ID = "snap-2026-11-22T10-00-00Z";

  @Override
  protected TestPlace open(Path directory) {
    return new DirectoryRemoteTest.DirectoryPlace(directory);
  }

  /** What becomes of a download, by the name of its file and how often it was asked for. */
  @FunctionalInterface
  private interface Way {
    RemoteResult<?> of(RemoteResult<?> usual, String file, Path target, int time) throws Exception;
  }

  private static Remote reaching(Remote remote, List<String> asked, Way way) {
    return (Remote)
        Proxy.newProxyInstance(
            Remote.class.getClassLoader(),
            new Class<?>[] {Remote.class},
            (_, method, arguments) -> {
              Object usual = method.invoke(remote, arguments);
              if (!method.getName().equals("download")) {
                return usual;
              }
              String file = ((RemoteFile) arguments[1]).name();
              asked.add(file);
              int time = (int) asked.stream().filter(file::equals).count();
              return way.of((RemoteResult<?>) usual, file, (Path) arguments[2], time);
            });
  }

  private Remote parted() throws Exception {
    return place.remote(context("this-machine", 1_000_000));
  }

  private static void flip(Path file) throws Exception {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  @Test
  void run_lineBreaksBetweenParts_goesOnWhereItBroke() throws Exception {
    StoredSnapshot whole = snapshots.complete(ID, LARGE);
    push(parted(), whole);
    String second = ID + ".tar.gz.part-001";
    List<String> asked = new ArrayList<>();
    Remote breaking =
        reaching(
            ours(),
            asked,
            (usual, file, target, time) -> {
              if (!file.equals(second) || time > 1) {
                return usual;
              }
              Files.write(target, Arrays.copyOf(Files.readAllBytes(target), 500));
              return RemoteResult.failed(RemoteFault.NETWORK, "cut", "Try again.");
            });
    Snapshots into = elsewhere();
    RemoteSnapshot copy = only(ours());

    assertThatThrownBy(() -> fetch(breaking, copy, into)).hasMessageContaining("cut");
    assertThat(into.store().list()).isEmpty();
    assertSame(fetch(breaking, copy, into), whole);

    assertThat(asked).filteredOn((ID + ".tar.gz.part-000")::equals).hasSize(1);
    assertThat(asked).filteredOn(second::equals).hasSize(2);
  }

  @Test
  void run_oneByteFlippedOnTheWayOfAnyFile_isFetchedAgain() throws Exception {
    StoredSnapshot whole = snapshots.complete(ID, SMALL);
    push(ours(), whole);
    for (String flipped : Listing.of(whole.directory())) {
      Remote flipping =
          reaching(
              ours(),
              new ArrayList<>(),
              (usual, file, target, time) -> {
                if (file.equals(flipped) && time == 1) {
                  flip(target);
                }
                return usual;
              });
      Snapshots into = new Snapshots(scratch.resolve("into-" + flipped + "/backups"), 1);
      assertSame(fetch(flipping, only(ours()), into), whole);
    }
  }

  @Test
  void run_flippedEachTime_isDamagedAndLeavesNothing() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    Remote flipping =
        reaching(
            ours(),
            new ArrayList<>(),
            (usual, file, target, _) -> {
              if (file.endsWith(".tar.gz")) {
                flip(target);
              }
              return usual;
            });
    Snapshots into = elsewhere();
    RemoteSnapshot copy = only(ours());
    assertThatThrownBy(() -> fetch(flipping, copy, into))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REMOTE_DAMAGED));
    assertThat(Listing.of(into.store().directory())).isEmpty();
  }

  @Test
  void run_damagedHereAndHeldHere_isReplacedAndStaysHeld() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    Hold hold = new Hold("keep", "me", Instant.parse("2026-11-22T10:01:00Z"));
    snapshots.store().hold(snapshot, hold);
    flip(snapshot.tarball());

    StoredSnapshot mended =
        new Fetch(snapshots.store()).run(ours(), only(ours()), Progress.silent());

    assertThat(mended.hold()).isEqualTo(hold);
    Checksums.verify(mended);
  }
}
