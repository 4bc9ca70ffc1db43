package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every place promises of pushes that broke off, by faults that really happen. */
public abstract class BrokenPushContract extends DamagedCopyContract {
  private static final int KILLS = 10;

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
    RetryingRemote persistent =
        new RetryingRemote(full.remote(), new RetryPolicy(clock, new Random(1)));

    RemoteResult<Pushed> result = persistent.push(snapshot, full.progress());

    assertThat(full.fired().yet()).as("the store was full").isTrue();
    assertFailed(result, full.expected());
    assertThat(clock.waits().isEmpty()).isEqualTo(!full.expected().isTransient());
    assertThat(full.remote().list().orThrow().snapshots())
        .allMatch(found -> found.state() == SnapshotState.DAMAGED);
  }

  private void convergesFrom(StoredSnapshot snapshot) throws Exception {
    assertThat(list(ours()).snapshots()).allMatch(found -> found.state() == SnapshotState.DAMAGED);
    push(ours(), snapshot);
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertSame(fetch(ours(), onlyWithoutOrphansAfterADay(), elsewhere()), snapshot);
  }

  private RemoteSnapshot onlyWithoutOrphansAfterADay() throws Exception {
    sweepAfterADay();
    return only(ours());
  }

  private void sweepAfterADay() throws Exception {
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    clock.sleep(Duration.ofHours(25));
    ours().sweepOrphans().orThrow();
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
  }

  /** Spread from a push's first moment to its last; each kill hits the first push of a snapshot. */
  @Test
  @Timeout(600)
  void push_processKilledAtEachMoment_nextRunConvergesWithoutDuplicatesOrOrphans()
      throws Exception {
    Tools.require("kill");
    List<StoredSnapshot> taken = new ArrayList<>(List.of(taken(0)));
    int moments = momentsOf(taken.getFirst());
    for (int kill = 0; kill < KILLS; kill++) {
      int moment = 1 + kill * (moments - 1) / (KILLS - 1);
      taken.add(taken(taken.size()));
      while (!dies(taken.getLast(), moment)) { // A place that is quicker now tells less often.
        assertThat(--moment).as("moments of a push").isPositive();
        taken.add(taken(taken.size()));
      }
      assertThat(list(ours()).snapshots())
          .extracting(RemoteSnapshot::id)
          .doesNotHaveDuplicates()
          .isSubsetOf(taken.stream().map(StoredSnapshot::id).toList());
    }

    for (StoredSnapshot snapshot : taken) {
      push(ours(), snapshot);
    }

    assertThat(list(ours()).snapshots())
        .hasSameSizeAs(taken)
        .allMatch(found -> found.state() == SnapshotState.COMPLETE);
    sweepAfterADay();
    Snapshots fetched = elsewhere();
    List<RemoteSnapshot> left = list(ours()).snapshots();
    for (StoredSnapshot snapshot : taken) {
      RemoteSnapshot copy =
          left.stream().filter(each -> each.id().equals(snapshot.id())).findFirst().orElseThrow();
      assertSame(fetch(ours(), copy, fetched), snapshot);
    }
  }

  private StoredSnapshot taken(int number) throws Exception {
    return snapshots.complete("snap-2026-11-22T10-00-%02dZ".formatted(number), LARGE);
  }

  private int momentsOf(StoredSnapshot snapshot) throws Exception {
    String end = pushElsewhere(snapshot, KilledPush.NEVER);
    assertThat(end).endsWith("exit 0");
    return Integer.parseInt(end.lines().findFirst().orElseThrow());
  }

  private boolean dies(StoredSnapshot snapshot, int moment) throws Exception {
    String end = pushElsewhere(snapshot, moment);
    assertThat(end).matches("exit 137|\\d+\nexit 0");
    return end.equals("exit 137");
  }

  private String pushElsewhere(StoredSnapshot snapshot, int moment) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(snapshot.directory().toString());
    arguments.add(Integer.toString(moment));
    arguments.addAll(place.forOtherProcess());
    try (Companion child = Companion.java(KilledPush.class, arguments.toArray())) {
      return child.hearAll();
    }
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

    RemoteSnapshot left = only(ours());
    assertThat(left.namespace()).isEqualTo("other-machine");
    assertThat(left.ours()).isFalse();
    assertThat(left.state()).isEqualTo(SnapshotState.COMPLETE);
  }
}
