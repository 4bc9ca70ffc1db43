package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Operation;
import dev.workbuddy.backup.testing.github.Release;
import dev.workbuddy.backup.testing.github.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What else there may be in a repository: of other things, other machines, killed runs. */
class GithubSharedRepositoryTest extends GithubScene {
  @Test
  void list_releaseWithoutAssets_isDamagedAndMendedByTheNextPush() throws Exception {
    pushed(ours());
    for (String file : List.of("MANIFEST.json", "SHA256SUMS", ID + ".tar.gz")) {
      place.lose(only(ours()), file);
    }
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.DAMAGED);

    pushed(ours());
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void everything_releasesOfOtherThings_stay() throws Exception {
    place.world().release(GithubPlace.REPOSITORY, "v1.0", "my program");
    place.world().release(GithubPlace.REPOSITORY, "snap-not-a-time", "x");
    place.world().draft(GithubPlace.REPOSITORY, "v2.0", "soon");
    pushed(ours());
    clock.sleep(Duration.ofDays(3));

    assertThat(only(ours()).id()).hasToString(ID);
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    assertThat(there()).contains("v1.0 []", "snap-not-a-time []", "draft v2.0 []");
  }

  @Test
  void list_snapshotOfTheOriginalWorkBuddy_isNobodysAndNeverDeleted() throws Exception {
    Release original = place.world().release(GithubPlace.REPOSITORY, ID, "automatic backup");
    original.list(ID + ".tar.gz", 10, "ab".repeat(32));
    RemoteSnapshot listed = only(ours());

    assertThat(listed.namespace()).isNull();
    assertThat(listed.ours()).isFalse();
    assertThat(listed.state()).isEqualTo(SnapshotState.UNKNOWN);
    failed(ours().delete(listed), RemoteFault.REFUSED);
  }

  @Test
  void push_tagIsAnothers_takesTheOtherTagAndDeletesOnlyThat() throws Exception {
    pushed(others());
    pushed(ours());
    assertThat(there()).containsExactly(whole(ID), whole(SUFFIXED));

    ours().delete(ours().list().orThrow().ours().getFirst()).orThrow();
    assertThat(there()).containsExactly(whole(ID));
    assertThat(tags()).containsExactly(ID);
    assertThat(only(ours()).namespace()).isEqualTo("other-machine");
  }

  @Test
  void push_anotherPublishesTheTagJustBefore_takesTheOtherTag() throws Exception {
    faults().next(Operation.CHANGE_RELEASE, new Fault.Meanwhile(() -> pushed(others())));
    pushed(ours());
    assertThat(there()).containsExactlyInAnyOrder(whole(ID), whole(SUFFIXED));
  }

  @Test
  void delete_anotherTookTheTagMeanwhile_leavesThat() throws Exception {
    pushed(ours());
    RemoteSnapshot doomed = only(ours());
    ours().delete(doomed).orThrow();
    pushed(others());

    ours().delete(doomed).orThrow();
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void list_moreThanGithubLists_isIncompleteAndNothingIsSwept() throws Exception {
    place.seed("this-machine", 150);
    place.world().draft(GithubPlace.REPOSITORY, ID, release().body());
    place.world().capListings(100);

    assertThat(ours().list().orThrow().gaps()).hasSize(1);
    assertThat(ours().list().orThrow().snapshots()).hasSizeBetween(99, 100);
    clock.sleep(Duration.ofDays(3));
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    pushed(ours());
    assertThat(pushed(ours()).sentBytes()).isZero();
  }

  @Test
  void list_failsInTheMidst_isNoListing() throws Exception {
    place.seed("this-machine", 150);
    faults().spare(1, Operation.LIST_RELEASES).next(Operation.LIST_RELEASES, Reply.badGateway());
    failed(ours().list(), RemoteFault.NETWORK);
  }

  @Test
  void sweepOrphans_draftsOfKilledRuns_goAfterADayIfTheyAreOurs() throws Exception {
    pushed(others());
    String theirs = release().body();
    place.world().draft(GithubPlace.REPOSITORY, ID, theirs);
    place
        .world()
        .draft(
            GithubPlace.REPOSITORY,
            ID,
            theirs
                .replace("other-machine", "this-machine")
                .replace(
                    context("other-machine").origin().mark(),
                    context("this-machine").origin().mark()));
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.addTag(SUFFIXED));

    clock.sleep(Duration.ofHours(23));
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    clock.sleep(Duration.ofHours(2));
    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly(
            "deleted the draft %s: it has no tarball".formatted(ID),
            "deleted the tag %s: no release has it".formatted(SUFFIXED));
    assertThat(there()).containsExactly(whole(ID), "draft " + ID + " []");
  }

  @Test
  void sweepOrphans_tagWithoutRelease_goesOnlyWhereNobodyElsePushes() throws Exception {
    String lost = "snap-2026-11-01T00-00-00Z";
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.addTag(lost));
    pushed(others());
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    others().delete(others().list().orThrow().ours().getFirst()).orThrow();
    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("deleted the tag %s: no release has it".formatted(lost));
    assertThat(tags()).isEmpty();
  }
}
