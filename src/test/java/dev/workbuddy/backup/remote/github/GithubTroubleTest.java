package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Fetch;
import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.SmallDisk;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Operation;
import dev.workbuddy.backup.testing.github.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What goes wrong in the midst of talking to GitHub, and what comes of it. */
class GithubTroubleTest extends GithubScene {
  @Test
  void push_uploadCut_nextAttemptConverges() throws Exception {
    faults().next(Operation.UPLOAD_ASSET, new Fault.CutAfter(100));
    assertThat(pushed(persistent()).proof()).isEqualTo(Proof.CHECKSUM);
    assertThat(there()).containsExactly(whole(ID));
    assertThat(clock.waits()).hasSize(1);
  }

  @Test
  void push_uploadAnswerLost_nextAttemptConverges() throws Exception {
    faults().next(Operation.UPLOAD_ASSET, new Fault.AnswerLost());
    pushed(persistent());
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void push_answerToCreationLost_leavesNoSecondDraft() throws Exception {
    faults().next(Operation.CREATE_RELEASE, new Fault.AnswerLost());
    pushed(persistent());
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void push_answerToPublishingLost_isPublishedAgainUnderItsTag() throws Exception {
    faults().next(Operation.CHANGE_RELEASE, new Fault.AnswerLost());
    pushed(persistent());
    assertThat(there()).containsExactly(whole(ID));
    assertThat(tags()).containsExactly(ID);
  }

  @Test
  void push_answersToPublishingAndCleaningLost_isSeenToBeThere() throws Exception {
    faults()
        .next(Operation.CHANGE_RELEASE, new Fault.AnswerLost())
        .next(Operation.DELETE_RELEASE, new Fault.Answer(Reply.badGateway()));
    pushed(ours());
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void push_badGatewayThreeTimesInARow_failsWithoutAnOrphan() throws Exception {
    faults().times(3, Operation.CREATE_RELEASE, new Fault.Answer(Reply.badGateway()));
    assertThat(failed(push(persistent()), RemoteFault.NETWORK).detail()).contains("502");
    assertThat(clock.waits()).hasSize(2);
    assertThat(there()).isEmpty();
  }

  @Test
  void push_githubStoresOtherBytes_isNotOkAndThenReplaced() throws Exception {
    faults().next(Operation.UPLOAD_ASSET, new Fault.WrongBytes());
    failed(push(ours()), RemoteFault.DAMAGED);
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.DAMAGED);

    assertThat(pushed(ours()).snapshot().state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void push_serverTellsNoChecksums_readsBack() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.tellNoDigests());
    assertThat(pushed(ours()).proof()).isEqualTo(Proof.READ_BACK);

    faults().next(Operation.DOWNLOAD_ASSET, new Fault.WrongBytes());
    assertThat(pushed(ours()).sentBytes()).as("one byte changed on the way").isZero();
  }

  @Test
  void push_wrongCopyAndServerTellsNoChecksums_isReplaced() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.tellNoDigests());
    pushed(ours());
    faults().times(2, Operation.DOWNLOAD_ASSET, new Fault.WrongBytes());
    assertThat(pushed(ours()).sentBytes()).isPositive();
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void push_secondAttemptFindsAllThere_countsWhatTheFirstSent() throws Exception {
    faults().spare(1, Operation.FIND_RELEASE).next(Operation.FIND_RELEASE, Reply.silent(503));
    assertThat(pushed(persistent()).sentBytes()).isGreaterThan(SMALL);
  }

  @Test
  void push_alreadyThere_costsOneLookAndOneListing() throws Exception {
    pushed(ours());
    int before = place.github().seen().size();
    assertThat(pushed(ours()).sentBytes()).isZero();
    assertThat(place.github().seen().subList(before, place.github().seen().size()))
        .containsExactly(Operation.QUERY_REPOSITORY, Operation.LIST_RELEASES);
  }

  @Test
  void fetch_otherBytesOnTheWay_leavesNothing() throws Exception {
    pushed(ours());
    Snapshots into = new Snapshots(scratch.resolve("elsewhere/backups"), 1);
    faults()
        .spare(2, Operation.DOWNLOAD_ASSET)
        .times(2, Operation.DOWNLOAD_ASSET, new Fault.WrongBytes());

    assertThatThrownBy(() -> new Fetch(into.store()).run(ours(), only(ours()), Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REMOTE_DAMAGED));
    assertThat(Listing.of(into.store().directory())).isEmpty();
  }

  @Test
  void download_cutInTheMidst_failsAndLeavesNothingUnderTheName() throws Exception {
    pushed(ours());
    faults().next(Operation.DOWNLOAD_ASSET, new Fault.CutAfter(1_000));
    Path target = scratch.resolve("target.tar.gz");
    RemoteSnapshot wanted = only(ours());
    failed(
        ours()
            .download(wanted, wanted.file(ID + ".tar.gz").orElseThrow(), target, Progress.silent()),
        RemoteFault.NETWORK);
    assertThat(target).doesNotExist();
  }

  @Test
  void download_diskFull_saysSo() throws Exception {
    snapshot = snapshots.complete("snap-2026-11-22T09-00-00Z", 3_000_000);
    pushed(ours());
    RemoteSnapshot wanted = only(ours());
    try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 1)) {
      Path target = disk.root().resolve("target");
      failed(
          ours().download(wanted, wanted.files().getLast(), target, Progress.silent()),
          RemoteFault.QUOTA);
      assertThat(disk.root()).isEmptyDirectory();
    }
  }

  @Test
  void push_interruptedWhileGithubHangs_endsSoon() throws Exception {
    Thread pushing = Thread.currentThread();
    faults().next(Operation.QUERY_REPOSITORY, new Fault.HangAfter(pushing::interrupt));
    assertThatThrownBy(() -> push(ours())).isInstanceOf(InterruptedException.class);
  }

  @Test
  void push_releaseTellsPeopleWhatIsInIt() throws Exception {
    pushed(ours());
    assertThat(release().title()).isEqualTo(ID);
    assertThat(release().body())
        .startsWith("Snapshot of host taken at 2026-11-22T10:00:00Z.")
        .contains("| database | rows | schema | size |", "`wb-backup restore " + ID + "`");
  }
}
