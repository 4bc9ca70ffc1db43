package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Snapshots;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every place promises of copies that are not what was sent, here or there. */
public abstract class DamagedCopyContract extends RemoteScene {
  /** Whether a listing shows that bytes were changed, without reading them. */
  protected boolean tellsChangesForFree() {
    return false;
  }

  @Test
  void push_storeHoldsOtherBytesOfTheSameSize_replacesThem() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    place.damage(push(ours(), snapshot).snapshot(), ID + ".tar.gz");

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
    RemoteSnapshot mended = inspected(ours());
    assertThat(mended.state()).isEqualTo(SnapshotState.COMPLETE);
    assertSame(fetch(ours(), mended, elsewhere()), snapshot);
  }

  @Test
  void list_copyCutShort_isDamagedForEveryMachineUntilItIsSentAgain() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    Remote other = place.remote(context("other-machine"));
    RemoteSnapshot before = only(other);
    place.cutShort(before, ID + ".tar.gz");

    assertThat(before.state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.DAMAGED);
    assertThat(inspected(other).state()).isEqualTo(SnapshotState.DAMAGED);

    push(ours(), snapshot);
    RemoteSnapshot mended = only(other);
    assertThat(mended.state()).isEqualTo(SnapshotState.COMPLETE);
    assertSame(fetch(other, mended, elsewhere()), snapshot);
  }

  @Test
  void push_damagedHere_leavesTheGoodCopyThere() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    push(ours(), snapshot);
    byte[] whole = Files.readAllBytes(snapshot.tarball());
    Files.write(snapshot.tarball(), Arrays.copyOf(whole, whole.length - 60));

    assertThatThrownBy(() -> push(ours(), snapshot))
        .hasMessageContaining("does not match its checksum");

    Snapshots into = elsewhere();
    assertThat(Files.readAllBytes(fetch(ours(), only(ours()), into).tarball())).isEqualTo(whole);
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
    place.lose(push(ours(), snapshots.complete(ID, SMALL)).snapshot(), Manifest.FILE_NAME);
    Snapshots into = elsewhere();

    RemoteSnapshot wanted = only(ours());

    assertThat(wanted.state()).isEqualTo(SnapshotState.DAMAGED);
    assertThatThrownBy(() -> fetch(ours(), wanted, into)).hasMessageContaining("MANIFEST.json");
    assertThat(Listing.of(into.store().directory())).isEmpty();
  }

  @Test
  void fetch_sameSnapshotIsHere_fetchesOnlyWhatTellsThat() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    place.lose(push(ours(), snapshot).snapshot(), ID + ".tar.gz");

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
}
