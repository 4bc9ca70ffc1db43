package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.testing.CallSites;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Operation;
import dev.workbuddy.backup.testing.github.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every place that deletes on GitHub, and what is never deleted there. */
class GithubDeletionsTest extends GithubScene {
  private static final Hold HOLD = new Hold("keep", "me", Instant.parse("2026-11-22T10:01:00Z"));
  private static final Duration LONG = Duration.ofDays(3);

  /** Who deletes; each has a scene that shows for what reason. */
  enum Deletion {
    RETENTION("GithubReleases.delete"),
    UNFINISHED("Orphans.settleNow"),
    REPLACED("Orphans.settleNow"),
    BARE_TAG("Orphans.deleteTag"),
    HALF_A_FILE("LeftDrafts.complete");

    private final String site;

    Deletion(String site) {
      this.site = site;
    }
  }

  @Test
  void deletions_allOfTheProgram_haveAScene() {
    assertThat(
            CallSites.of(
                Releases.class,
                Set.of("delete", "deletePublished", "deleteBareTag", "deleteAsset")))
        .isEqualTo(
            Arrays.stream(Deletion.values())
                .map(deletion -> deletion.site)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @EnumSource
  void deletion_eachReason_takesThatAndNothingElse(Deletion deletion) throws Exception {
    switch (deletion) {
      case RETENTION -> retention();
      case UNFINISHED -> unfinished();
      case REPLACED -> replaced();
      case BARE_TAG -> bareTag();
      case HALF_A_FILE -> halfAFile();
    }
  }

  private void retention() throws Exception {
    pushed(ours());
    RemoteSnapshot doomed = only(ours());
    others().hold(doomed, HOLD).orThrow();

    assertThat(ours().delete(doomed).orThrow().hold()).isEqualTo(HOLD);
    assertThat(there()).containsExactly(whole(ID));

    others().release(doomed).orThrow();
    assertThat(ours().delete(doomed).orThrow().hold()).isNull();
    assertThat(there()).isEmpty();
    assertThat(tags()).isEmpty();
  }

  private void lose(String file) {
    place.world().change(GithubPlace.REPOSITORY, found -> found.releases().getFirst().lose(file));
  }

  private void loseTag() {
    place.world().change(GithubPlace.REPOSITORY, found -> found.loseTag(ID));
  }

  private void unfinished() throws Exception {
    pushed(ours());
    clock.sleep(LONG);
    for (String file : List.of("MANIFEST.json", "SHA256SUMS")) {
      lose(file);
      assertThat(ours().sweepOrphans().orThrow()).as("the tarball is there").isEmpty();
    }
    lose(ID + ".tar.gz");
    ours().hold(only(ours()), HOLD).orThrow();
    assertThat(ours().sweepOrphans().orThrow()).as("held").isEmpty();
    ours().release(only(ours())).orThrow();
    assertThat(secondRoot().sweepOrphans().orThrow()).as("another data root's").isEmpty();

    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly(
            "deleted the unfinished release %s: it has no tarball".formatted(ID),
            "deleted the tag %s: no release has it".formatted(ID));
    assertThat(there()).isEmpty();
  }

  private void replaced() throws Exception {
    pushed(ours());
    place.world().draft(GithubPlace.REPOSITORY, ID, release().body());
    assertThat(ours().sweepOrphans().orThrow()).as("younger than a day").isEmpty();
    clock.sleep(LONG);
    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("deleted the draft %s: the same is there, whole".formatted(ID));
    assertThat(there()).containsExactly(whole(ID));
  }

  private void bareTag() throws Exception {
    pushed(ours());
    clock.sleep(LONG);
    String bare = "snap-2026-11-01T00-00-00Z";
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.addTag(bare));
    place.github().faults().next(Operation.LIST_RELEASES, new Fault.Late());
    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("deleted the tag %s: no release has it".formatted(bare));
    assertThat(there()).as("its release was published late").containsExactly(whole(ID));
    assertThat(tags()).containsExactly(ID);
  }

  private void halfAFile() throws Exception {
    faults()
        .times(4, Operation.UPLOAD_ASSET, new Fault.CutAfter(100))
        .next(Operation.DELETE_RELEASE, Reply.badGateway());
    pushed(persistent());
    assertThat(there()).containsExactly(whole(ID));
    assertThat(place.github().seen()).contains(Operation.DELETE_ASSET);
  }

  @Test
  void sweepOrphans_tagOfAWholeReleaseDeleted_isPublishedAgain() throws Exception {
    pushed(ours());
    clock.sleep(LONG);
    loseTag();
    assertThat(there()).containsExactly("draft " + whole(ID));
    assertThat(ours().list().orThrow().snapshots()).isEmpty();

    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("published %s again: it was whole, but a draft".formatted(ID));
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(tags()).containsExactly(ID);
  }

  @Test
  void sweepOrphans_tagDeletedAndTakenByAnother_isPublishedUnderTheOtherTag() throws Exception {
    pushed(ours());
    clock.sleep(LONG);
    loseTag();
    pushed(others());

    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("published %s again: it was whole, but a draft".formatted(SUFFIXED));
    assertThat(there()).containsExactlyInAnyOrder(whole(ID), whole(SUFFIXED));
  }

  @Test
  void push_tagOfAWholeReleaseDeleted_isPublishedAgainAndNothingIsSent() throws Exception {
    pushed(ours());
    long number = place.world().inspect(GithubPlace.REPOSITORY, r -> r.releases().size());
    loseTag();
    assertThat(pushed(ours()).sentBytes()).isZero();
    assertThat(there()).hasSize((int) number).containsExactly(whole(ID));
    assertThat(place.github().seen()).doesNotContain(Operation.DELETE_RELEASE);
  }

  @Test
  void push_incompleteDraftOfARunThatMayStillGoOn_isLeftAlone() throws Exception {
    pushed(ours());
    lose("SHA256SUMS");
    loseTag();
    clock.sleep(Duration.ofHours(2));

    pushed(ours());

    assertThat(there())
        .containsExactlyInAnyOrder(
            whole(ID), "draft %s [MANIFEST.json, %s.tar.gz]".formatted(ID, ID));
  }

  @Test
  void push_anotherDataRootInTheSameSecond_bothAreThere() throws Exception {
    faults()
        .next(
            Operation.CHANGE_RELEASE,
            new Fault.Meanwhile(
                () ->
                    secondRoot()
                        .push(
                            new Snapshots(scratch.resolve("theirs/backups"), 3).complete(ID, SMALL),
                            Progress.silent())
                        .orThrow()));
    pushed(ours());
    assertThat(there()).hasSize(2).contains(whole(ID));
    assertThat(ours().list().orThrow().ours()).hasSize(1);
    assertThat(secondRoot().list().orThrow().ours()).hasSize(1);
  }

  @Test
  void push_wrongCopyHeldElsewhere_isReplacedAndStaysHeld() throws Exception {
    pushed(ours());
    others().hold(only(ours()), HOLD).orThrow();
    place.damage(only(ours()), ID + ".tar.gz");
    place.lose(only(ours()), "SHA256SUMS");

    snapshot = new Snapshots(scratch.resolve("again/backups"), 42).complete(ID, SMALL);
    pushed(ours());

    assertThat(only(ours()).hold()).isEqualTo(HOLD);
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
  }

  private Remote secondRoot() throws Exception {
    RemoteContext usual = context("this-machine");
    return GithubReleases.of(
        GithubPlace.REPOSITORY,
        false,
        new RemoteContext(
            usual.namespace(),
            Origin.of("this-machine", Path.of("/b")),
            usual.environment(),
            Files.createDirectories(scratch.resolve("passing-second")),
            clock,
            clock,
            new Random(11),
            usual.partBytes()));
  }
}
