package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every place for copies promises, with the real place and with faults that really happen. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // A place is opened before each test.
public abstract class RemoteContract {
  private static final String ID = "snap-2026-11-22T10-00-00Z";
  private static final String OLDER = "snap-2026-11-20T10-00-00Z-manual";
  private static final int SMALL = 3_000;
  private static final int LARGE = 3_000_000;

  @TempDir protected Path scratch;
  protected final ObedientClock clock = new ObedientClock("2026-11-22T10:05:00Z");
  private final List<TestPlace> opened = new ArrayList<>();
  private Snapshots snapshots;
  private TestPlace place;

  /** How many snapshots a long listing has. */
  protected int many() {
    return 1_200;
  }

  /** Whether a listing shows that bytes were changed, without reading them. */
  protected boolean tellsChangesForFree() {
    return false;
  }

  /** A new and empty place; what it needs on disk goes below the directory. */
  protected abstract TestPlace open(Path directory) throws Exception;

  @BeforeEach
  void openPlace() throws Exception {
    place = open(Files.createDirectories(scratch.resolve("place")));
    opened.add(place);
    snapshots = new Snapshots(scratch.resolve("backups"), 42);
  }

  @AfterEach
  void closePlace() throws Exception {
    for (TestPlace each : opened) {
      each.close();
    }
  }

  protected RemoteContext context(String namespace) throws Exception {
    return context(namespace, RemoteContext.STANDARD_PART_BYTES);
  }

  protected RemoteContext context(String namespace, long partBytes) throws Exception {
    Path passing = Files.createDirectories(scratch.resolve("passing-" + namespace));
    return new RemoteContext(
        namespace,
        Origin.of(namespace, Path.of("/data")),
        System.getenv(),
        passing,
        clock,
        clock,
        new Random(7),
        partBytes);
  }

  protected Remote ours() throws Exception {
    return place.remote(context("this-machine"));
  }

  private static Pushed push(Remote remote, StoredSnapshot snapshot) throws Exception {
    return remote.push(snapshot, Progress.silent()).orThrow();
  }

  private static RemoteListing list(Remote remote) throws Exception {
    RemoteListing listing = remote.list().orThrow();
    assertThat(listing.gaps()).isEmpty();
    return listing;
  }

  private static RemoteSnapshot only(Remote remote) throws Exception {
    List<RemoteSnapshot> all = list(remote).snapshots();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private Snapshots elsewhere() throws Exception {
    return new Snapshots(scratch.resolve("elsewhere/backups"), 1);
  }

  private static StoredSnapshot fetch(Remote remote, RemoteSnapshot wanted, Snapshots into)
      throws Exception {
    return new Fetch(into.store()).run(remote, wanted, Progress.silent());
  }

  private static void assertSame(StoredSnapshot fetched, StoredSnapshot original) throws Exception {
    Checksums.verify(fetched);
    assertThat(Listing.of(fetched.directory())).isEqualTo(Listing.of(original.directory()));
    for (String file : Listing.of(original.directory())) {
      assertThat(fetched.directory().resolve(file))
          .hasSameBinaryContentAs(original.directory().resolve(file));
    }
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

    assertThat(only(parted).files())
        .extracting(RemoteFile::name)
        .contains(ID + ".tar.gz.part-000", ID + ".tar.gz.part-002", "SHA256SUMS")
        .doesNotContain(ID + ".tar.gz", ID + ".tar.gz.part-003");
    assertThat(only(parted).state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(push(parted, whole).sentBytes()).isZero();
    assertSame(fetch(ours(), only(ours()), elsewhere()), whole);
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

  @Test
  void push_anotherDataRootHasThatIdInTheNamespace_isRefusedAndItsCopyStays() throws Exception {
    StoredSnapshot theirs = snapshots.complete(ID, SMALL);
    push(ours(), theirs);
    RemoteContext usual = context("this-machine");
    Remote secondRoot =
        place.remote(
            new RemoteContext(
                usual.namespace(),
                Origin.of("this-machine", Path.of("/other")),
                usual.environment(),
                usual.scratch(),
                clock,
                clock,
                usual.random(),
                usual.partBytes()));

    RemoteResult<Pushed> result =
        secondRoot.push(elsewhere().complete(ID, SMALL), Progress.silent());

    assertFailed(result, RemoteFault.REFUSED);
    assertThat(((Failed<?>) result).hint()).contains("backups.namespace");
    Snapshots third = new Snapshots(scratch.resolve("third/backups"), 3);
    assertSame(fetch(ours(), only(ours()), third), theirs);
  }

  @Test
  void push_storeHoldsOtherBytesOfTheSameSize_replacesThem() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    place.damage(only(ours()), ID + ".tar.gz");

    Pushed again = push(ours(), snapshot);

    assertThat(again.sentBytes()).isGreaterThanOrEqualTo(SMALL);
    assertSame(fetch(ours(), only(ours()), elsewhere()), snapshot);
  }

  @Test
  void inspect_storeHoldsOtherBytesOfTheSameSize_tellsWhereThatIsKnownAndPushMends()
      throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    RemoteSnapshot before = inspected(ours());
    place.damage(before, ID + ".tar.gz");

    RemoteSnapshot damaged = inspected(ours());
    push(ours(), snapshot);

    assertThat(before.state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(damaged.state())
        .isEqualTo(tellsChangesForFree() ? SnapshotState.DAMAGED : SnapshotState.COMPLETE);
    assertThat(inspected(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertSame(fetch(ours(), only(ours()), elsewhere()), snapshot);
  }

  private static RemoteSnapshot inspected(Remote remote) throws Exception {
    List<RemoteSnapshot> all = remote.inspect().orThrow().snapshots();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void fetch_storeHoldsOtherBytesOfTheSameSize_leavesNothingUnderTheRealName() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    RemoteSnapshot wanted = only(ours());
    place.damage(wanted, ID + ".tar.gz");
    Snapshots into = elsewhere();

    assertThatThrownBy(() -> fetch(ours(), wanted, into))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REMOTE_DAMAGED));
    assertThat(Listing.of(into.store().directory())).isEmpty();
  }

  @Test
  void fetch_fileLost_saysWhich() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    place.lose(only(ours()), Manifest.FILE_NAME);
    Snapshots into = elsewhere();

    RemoteSnapshot wanted = only(ours());

    assertThat(wanted.state()).isEqualTo(SnapshotState.DAMAGED);
    assertThatThrownBy(() -> fetch(ours(), wanted, into)).hasMessageContaining("MANIFEST.json");
    assertThat(Listing.of(into.store().directory())).isEmpty();
  }

  @Test
  void fetch_sameSnapshotIsHere_fetchesOnlyWhatTellsThat() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    place.lose(only(ours()), ID + ".tar.gz");

    assertThat(fetch(ours(), only(ours()), snapshots).directory()).isEqualTo(snapshot.directory());
  }

  @Test
  void fetch_anotherSnapshotOfThatNameIsHere_isRefused() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    Snapshots into = elsewhere();
    StoredSnapshot other = into.complete(ID, SMALL + 1);

    assertThatThrownBy(() -> fetch(ours(), only(ours()), into))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_OF_ANOTHER));
    Checksums.verify(other);
  }

  @Test
  void fetch_damagedSnapshotOfThatNameIsHere_isReplaced() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    Files.writeString(snapshot.tarball(), "rotten");

    Checksums.verify(fetch(ours(), only(ours()), snapshots));
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
    push(ours(), snapshots.complete(ID, SMALL));
    Remote other = place.remote(context("other-machine"));
    Hold hold = new Hold("before the move", "me", Instant.parse("2026-11-22T10:01:00Z"));

    ours().hold(only(ours()), hold).orThrow();
    assertThat(only(other).hold()).isEqualTo(hold);
    assertThat(only(other).state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(fetch(other, only(other), elsewhere()).hold()).isEqualTo(hold);

    ours().release(only(ours())).orThrow();
    ours().release(only(ours())).orThrow();
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
    push(ours(), snapshots.complete(ID, SMALL));
    RemoteSnapshot gone = only(ours());
    ours().delete(gone).orThrow();

    assertThat(ours().hold(gone, new Hold("x", "me", Instant.EPOCH)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.fault()).isEqualTo(RemoteFault.NOT_FOUND));
    assertThat(list(ours()).snapshots()).isEmpty();
  }

  @Test
  void push_wayBreaksInTheMidst_failsAndTheNextPushConverges() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, LARGE);
    TestPlace.Breaking breaking = place.breaking(context("this-machine"));

    RemoteResult<Pushed> result = breaking.remote().push(snapshot, breaking.progress());

    assertThat(breaking.fired().yet()).as("the way broke").isTrue();
    assertFailed(result, breaking.expected());
    place.mend();
    convergesFrom(snapshot);
  }

  @Test
  void push_storeFull_failsAndNothingIsCalledComplete() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, LARGE);
    TestPlace.Breaking full = place.full(context("this-machine"));
    PersistentRemote persistent =
        new PersistentRemote(full.remote(), new RetryPolicy(clock, new Random(1)));

    RemoteResult<Pushed> result = persistent.push(snapshot, full.progress());

    assertThat(full.fired().yet()).as("the store was full").isTrue();
    assertFailed(result, full.expected());
    assertThat(clock.waits().isEmpty()).isEqualTo(!full.expected().isTransient());
    assertThat(full.remote().list().orThrow().snapshots())
        .allMatch(found -> found.state() == SnapshotState.DAMAGED);
  }

  private static void assertFailed(RemoteResult<?> result, RemoteFault expected) {
    assertThat(result).isInstanceOf(Failed.class);
    Failed<?> failed = (Failed<?>) result;
    assertThat(failed.fault()).as(failed.detail()).isEqualTo(expected);
    assertThat(failed.detail()).isNotBlank();
    assertThat(failed.hint()).isNotBlank();
  }

  private void convergesFrom(StoredSnapshot snapshot) throws Exception {
    assertThat(list(ours()).snapshots()).allMatch(found -> found.state() == SnapshotState.DAMAGED);
    push(ours(), snapshot);
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertNoOrphansAfterADay(1);
    assertSame(fetch(ours(), only(ours()), elsewhere()), snapshot);
  }

  private void assertNoOrphansAfterADay(int snapshotsLeft) throws Exception {
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    clock.sleep(Duration.ofHours(25));
    ours().sweepOrphans().orThrow();
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    assertThat(list(ours()).snapshots()).hasSize(snapshotsLeft);
  }

  @Test
  void push_processKilledAtEachMoment_nextRunConvergesWithoutDuplicatesOrOrphans()
      throws Exception {
    Tools.require("kill");
    StoredSnapshot snapshot = snapshots.complete(ID, LARGE);
    int killed = 0;
    for (int moment : KilledPush.MOMENTS) {
      List<String> arguments = new ArrayList<>();
      arguments.add(snapshot.directory().toString());
      arguments.add(Integer.toString(moment));
      arguments.addAll(place.forOtherProcess());
      try (Companion child = Companion.java(KilledPush.class, arguments.toArray())) {
        if (!child.hearAll().endsWith("exit 137")) {
          break;
        }
      }
      killed++;
      assertThat(list(ours()).snapshots()).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(killed).as("pushes killed").isGreaterThan(2);

    push(ours(), snapshot);

    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertNoOrphansAfterADay(1);
    assertSame(fetch(ours(), only(ours()), elsewhere()), snapshot);
  }

  @Test
  void sweepOrphans_killedPushOfASnapshotThatIsGoneHere_isRemovedAfterADayOnly() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, LARGE);
    TestPlace.Breaking breaking = place.breaking(context("this-machine"));
    assertThat(breaking.remote().push(snapshot, breaking.progress()).isOk()).isFalse();
    assertThat(breaking.fired().yet()).isTrue();
    place.mend();
    push(place.remote(context("other-machine")), snapshot);

    clock.sleep(Duration.ofHours(1));
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    clock.sleep(Duration.ofHours(25));
    ours().sweepOrphans().orThrow();

    assertThat(only(ours()).namespace()).isEqualTo("other-machine");
    assertThat(only(ours()).ours()).isFalse();
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
  }

  @Test
  void push_twoMachinesAtOnceInTheSameSecond_bothAreThere() throws Exception {
    StoredSnapshot one = snapshots.complete(ID, LARGE);
    StoredSnapshot two = new Snapshots(scratch.resolve("two/backups"), 2).complete(ID, LARGE);
    RetryPolicy retries = new RetryPolicy(clock, new Random(1));
    Remote first = new PersistentRemote(ours(), retries);
    Remote second = new PersistentRemote(place.remote(context("other-machine")), retries);

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
