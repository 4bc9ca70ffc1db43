package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every place promises of pushes that broke off, by faults that really happen. */
public abstract class BrokenPushContract extends DamagedCopyContract {
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
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    clock.sleep(Duration.ofHours(25));
    ours().sweepOrphans().orThrow();
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    return only(ours());
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
    assertSame(fetch(ours(), onlyWithoutOrphansAfterADay(), elsewhere()), snapshot);
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
