package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Snapshots;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/**
 * What every place for copies promises, with the real place. Those that it inherits say what holds
 * of copies that go bad and of pushes that break off.
 */
public abstract class RemoteContract extends BrokenPushContract {
  private static final Identity SECOND =
      new Identity("5ec0d" + "0".repeat(27), List.of(), null, null, null);

  /** How many snapshots a long listing has. */
  protected int many() {
    return 1_200;
  }

  @Test
  void check_placeInOrder_isOk() throws Exception {
    assertThat(ours().check().orThrow().detail()).isNotBlank();
  }

  @Test
  void list_nothingPushedYet_isEmptyAndWhole() throws Exception {
    assertThat(list(ours()).snapshots()).isEmpty();
  }

  @Test
  void pushThenFetch_everyKindOfSnapshot_comesBackByteForByte() throws Exception {
    StoredSnapshot whole = snapshots.complete(ID, LARGE);
    StoredSnapshot lacking = snapshots.incomplete(OLDER, SMALL);

    Pushed pushed = push(ours(), whole);
    push(ours(), lacking);

    assertThat(pushed.sentBytes()).isGreaterThan(LARGE);
    assertThat(pushed.snapshot().state()).isEqualTo(SnapshotState.COMPLETE);
    List<RemoteSnapshot> listed = list(ours()).snapshots();
    assertThat(listed)
        .extracting(RemoteSnapshot::id, RemoteSnapshot::state, RemoteSnapshot::namespace)
        .containsExactly(tuple(ID, SnapshotState.COMPLETE), tuple(OLDER, SnapshotState.INCOMPLETE));
    assertThat(listed)
        .extracting(RemoteSnapshot::origin)
        .containsOnly(Origin.of("this-machine", Path.of("/data")).mark());
    assertThat(listed).allMatch(RemoteSnapshot::ours).allMatch(found -> found.hold() == null);
    assertThat(listed.getFirst().file(ID + ".tar.gz").orElseThrow().bytes()).isEqualTo(LARGE);
    assertThat(listed.getFirst().bytes()).isGreaterThan(LARGE);
    assertSame(fetch(ours(), listed.get(0), elsewhere()), whole);
    assertSame(fetch(ours(), listed.get(1), elsewhere()), lacking);
  }

  private static Tuple tuple(String id, SnapshotState state) {
    return Tuple.tuple(SnapshotId.parse(id).orElseThrow(), state, "this-machine");
  }

  @Test
  void pushThenFetch_longTarball_travelsInParts() throws Exception {
    StoredSnapshot whole = snapshots.complete(ID, LARGE);
    Remote parted = place.remote(context("this-machine", 1_000_000));

    push(parted, whole);

    RemoteSnapshot copy = only(parted);
    assertThat(copy.files())
        .extracting(RemoteFile::name)
        .contains(ID + ".tar.gz.part-000", ID + ".tar.gz.part-002", "SHA256SUMS")
        .doesNotContain(ID + ".tar.gz", ID + ".tar.gz.part-003");
    assertThat(copy.state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(push(parted, whole).sentBytes()).isZero();
    assertSame(fetch(ours(), copy, elsewhere()), whole);
    assertThat(Listing.of(scratch.resolve("passing-this-machine"))).isEmpty();
  }

  @Test
  void push_again_sendsNothing() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, LARGE);
    push(ours(), snapshot);
    RemoteSnapshot before = only(ours());

    Pushed again = push(ours(), snapshot);

    assertThat(again.sentBytes()).isZero();
    assertThat(only(ours())).isEqualTo(before);
  }

  /** Its machine, its directory and its namespace may be called the same. */
  private Remote secondRoot() throws Exception {
    RemoteContext usual = context("this-machine");
    return place.remote(
        new RemoteContext(
            usual.namespace(),
            Origin.of(SECOND, "this-machine", Path.of("/data")),
            usual.environment(),
            usual.scratch(),
            clock,
            clock,
            usual.random(),
            usual.partBytes()));
  }

  private static List<RemoteSnapshot> own(Remote remote) throws Exception {
    return list(remote).ours();
  }

  @Test
  void push_anotherDataRootHasThatIdInTheNamespace_bothAreThereAndEachHasItsOwn() throws Exception {
    StoredSnapshot first = snapshots.complete(ID, SMALL);
    push(ours(), first);
    StoredSnapshot second = elsewhere().complete(ID, SMALL);

    Pushed pushed = push(secondRoot(), second);

    assertThat(pushed.snapshot().namespace()).isEqualTo("this-machine-" + SECOND.mark());
    assertThat(pushed.snapshot().ours()).isTrue();
    assertThat(list(ours()).snapshots()).hasSize(2);
    assertThat(push(ours(), first).sentBytes()).isZero();
    assertThat(push(secondRoot(), second).sentBytes()).isZero();
    Snapshots third = new Snapshots(scratch.resolve("third/backups"), 3);
    assertSame(fetch(ours(), own(ours()).getFirst(), third), first);
    Snapshots fourth = new Snapshots(scratch.resolve("fourth/backups"), 4);
    assertSame(fetch(ours(), own(secondRoot()).getFirst(), fourth), second);
  }

  @Test
  void hold_twoDataRootsInTheSameSecond_eachHoldsItsOwn() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    push(secondRoot(), elsewhere().complete(ID, SMALL));
    Hold hold = new Hold("before the move", "me", Instant.parse("2026-11-22T10:01:00Z"));

    ours().hold(own(ours()).getFirst(), hold).orThrow();

    assertThat(own(ours()).getFirst().hold()).isEqualTo(hold);
    assertThat(own(secondRoot()).getFirst().hold()).isNull();
    secondRoot().release(own(secondRoot()).getFirst()).orThrow();
    assertThat(own(ours()).getFirst().hold()).isEqualTo(hold);
  }

  @Test
  void push_copyOfThisDataRootTookOneInTheSameSecond_isRefusedAndTheFirstStays() throws Exception {
    StoredSnapshot first = snapshots.complete(ID, SMALL);
    push(ours(), first);
    StoredSnapshot second = elsewhere().incomplete(ID, SMALL);

    assertFailed(ours().push(second, Progress.silent()), RemoteFault.REFUSED);

    Snapshots third = new Snapshots(scratch.resolve("third/backups"), 3);
    assertSame(fetch(ours(), only(ours()), third), first);
  }

  @Test
  void delete_copyOfAnotherDataRoot_isRefusedAndItStays() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    push(secondRoot(), elsewhere().complete(OLDER, SMALL));
    RemoteSnapshot theirs = own(secondRoot()).getFirst();
    RemoteSnapshot asSeenHere =
        list(ours()).snapshots().stream()
            .filter(copy -> copy.id().equals(theirs.id()))
            .findFirst()
            .orElseThrow();

    assertFailed(ours().delete(asSeenHere), RemoteFault.REFUSED);
    RemoteResult<List<String>> swept = ours().sweepOrphans();

    assertThat(swept.orThrow()).isEmpty();
    assertThat(own(secondRoot())).containsExactly(theirs);
  }

  @Test
  void delete_snapshotThereAndThenGone_isOkBothTimes() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    push(ours(), snapshots.complete(OLDER, SMALL));
    RemoteSnapshot doomed = list(ours()).snapshots().getFirst();

    ours().delete(doomed).orThrow();
    ours().delete(doomed).orThrow();

    assertThat(only(ours()).id()).hasToString(OLDER);
  }

  @Test
  void holdAndRelease_areSeenByEveryMachine() throws Exception {
    RemoteSnapshot sent = push(ours(), snapshots.complete(ID, SMALL)).snapshot();
    Remote other = place.remote(context("other-machine"));
    Hold hold = new Hold("before the move", "me", Instant.parse("2026-11-22T10:01:00Z"));

    RemoteSnapshot held = ours().hold(sent, hold).orThrow();
    RemoteSnapshot seen = only(other);
    assertThat(seen.hold()).isEqualTo(hold);
    assertThat(seen.state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(fetch(other, seen, elsewhere()).hold()).isEqualTo(hold);

    ours().release(held).orThrow();
    ours().release(held).orThrow();
    assertThat(only(other).hold()).isNull();
  }

  @Test
  void push_heldSnapshot_takesTheHoldAlong() throws Exception {
    snapshots.complete(ID, SMALL);
    Hold hold = new Hold("keep", "me", Instant.parse("2026-11-22T10:01:00Z"));
    snapshots.store().hold(snapshots.store().list().getFirst(), hold);
    push(ours(), snapshots.store().list().getFirst());

    assertThat(only(ours()).hold()).isEqualTo(hold);
    assertThat(push(ours(), snapshots.store().list().getFirst()).sentBytes()).isZero();
  }

  @Test
  void hold_snapshotGoneMeanwhile_saysSoAndLeavesNothing() throws Exception {
    RemoteSnapshot gone = push(ours(), snapshots.complete(ID, SMALL)).snapshot();
    ours().delete(gone).orThrow();

    assertThat(ours().hold(gone, new Hold("x", "me", Instant.EPOCH)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.fault()).isEqualTo(RemoteFault.NOT_FOUND));
    assertThat(list(ours()).snapshots()).isEmpty();
  }

  @Test
  void push_twoMachinesAtOnceInTheSameSecond_bothAreThere() throws Exception {
    StoredSnapshot one = snapshots.complete(ID, LARGE);
    StoredSnapshot two = new Snapshots(scratch.resolve("two/backups"), 2).complete(ID, LARGE);
    RetryPolicy retries = new RetryPolicy(clock, new Random(1));
    Remote first = new RetryingRemote(ours(), retries);
    Remote second = new RetryingRemote(place.remote(context("other-machine")), retries);

    try (var pool = Executors.newFixedThreadPool(2)) {
      List<Callable<Pushed>> pushes = List.of(() -> push(first, one), () -> push(second, two));
      for (Future<Pushed> pushed : pool.invokeAll(pushes)) {
        assertThat(pushed.get().snapshot().state()).isEqualTo(SnapshotState.COMPLETE);
      }
    }

    assertThat(list(first).snapshots())
        .extracting(RemoteSnapshot::namespace)
        .containsExactlyInAnyOrder("this-machine", "other-machine");
    assertThat(list(first).ours()).hasSize(1);
    assertSame(fetch(first, list(first).ours().getFirst(), elsewhere()), one);
    Snapshots third = new Snapshots(scratch.resolve("third/backups"), 3);
    assertSame(fetch(second, list(second).ours().getFirst(), third), two);
  }

  @Test
  void list_many_isWhole() throws Exception {
    place.seed("other-machine", many());
    push(ours(), snapshots.complete(ID, SMALL));

    RemoteListing listing = list(ours());

    assertThat(listing.snapshots()).hasSize(many() + 1);
    assertThat(listing.snapshots()).allMatch(found -> found.state() == SnapshotState.COMPLETE);
    assertThat(listing.ours()).extracting(found -> found.id().toString()).containsExactly(ID);
  }
}
