package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.folder.FolderStore;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.CallSites;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Snapshots;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every place that deletes in a remote of folders, and what is never deleted there. */
class FolderDeletionsTest extends RemoteScene {
  private static final String ID = "snap-2026-11-22T10-00-00Z";
  private static final String FOLDER = "this-machine/" + ID;
  private static final Hold HOLD = new Hold("keep", "me", Instant.parse("2026-11-22T10:01:00Z"));
  private static final Duration LONG = Duration.ofDays(3);

  @Override
  protected TestPlace open(Path directory) {
    return new DirectoryRemoteTest.DirectoryPlace(directory);
  }

  /** Who deletes; each has a scene that shows for what reason. */
  enum Deletion {
    RETENTION("FolderRemote.delete"),
    NO_LONGER_HELD("FolderRemote.release"),
    ORPHANED_FILES("FolderOrphans.deleteFiles"),
    ORPHANED_FOLDERS("FolderOrphans.deleteFolder"),
    REPLACED("FolderSend.delete"),
    GIVEN_WAY("FolderSend.giveWay"),
    /** Its own mark, so it goes the way of {@link #REPLACED}. */
    WITHDRAWN("FolderSend.delete"),
    /** The small note of a place that tells checksums: see the suites of rclone. */
    OLD_NOTES("ChecksumNote.note"),
    BROKEN_OFF("FolderUploader.orTakenAway");

    private final String site;

    Deletion(String site) {
      this.site = site;
    }
  }

  @Test
  void deletions_allOfTheProgram_haveAScene() {
    assertThat(CallSites.of(FolderStore.class, Set.of("delete", "deleteFolder")))
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
      case NO_LONGER_HELD -> noLongerHeld();
      case ORPHANED_FILES -> orphanedFiles();
      case ORPHANED_FOLDERS -> orphanedFolders();
      case REPLACED -> replaced();
      case GIVEN_WAY -> givenWay();
      case WITHDRAWN -> withdrawn();
      case OLD_NOTES -> {}
      case BROKEN_OFF -> brokenOff();
    }
  }

  private Path at(String path) {
    return scratch.resolve("place").resolve(path);
  }

  private Remote secondRoot() throws Exception {
    RemoteContext usual = context("this-machine");
    return place.remote(
        new RemoteContext(
            usual.namespace(),
            Origin.of("this-machine", Path.of("/other")),
            usual.environment(),
            Files.createDirectories(scratch.resolve("passing-second")),
            clock,
            clock,
            new Random(11),
            usual.partBytes()));
  }

  private StoredSnapshot theirs() throws Exception {
    return new Snapshots(scratch.resolve("theirs/backups"), 3).complete(ID, SMALL);
  }

  private void retention() throws Exception {
    RemoteSnapshot doomed = push(ours(), snapshots.complete(ID, SMALL)).snapshot();
    Remote other = place.remote(context("other-machine"));
    other.hold(doomed, HOLD).orThrow();

    assertThat(ours().delete(doomed).orThrow().hold()).isEqualTo(HOLD);
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);

    other.release(doomed).orThrow();
    assertThat(ours().delete(doomed).orThrow().hold()).isNull();
    assertThat(at(FOLDER)).doesNotExist();

    push(secondRoot(), theirs());
    ours().delete(doomed).orThrow();
    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
  }

  private void noLongerHeld() throws Exception {
    RemoteSnapshot sent = push(ours(), snapshots.complete(ID, SMALL)).snapshot();
    List<String> before = Listing.of(at(FOLDER));
    ours().release(ours().hold(sent, HOLD).orThrow()).orThrow();
    assertThat(Listing.of(at(FOLDER))).isEqualTo(before);
  }

  private void orphanedFiles() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    List<String> before = Listing.of(at(FOLDER));
    String left = "/x.partial-2026-11-20T10-00-00Z-00000001";
    String young = "/x.partial-2026-11-22T10-00-00Z-00000001";
    Files.createFile(at(FOLDER + left));
    Files.createFile(at(FOLDER + young));

    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("deleted " + FOLDER + left + ": a push that was broken off");
    Files.delete(at(FOLDER + young));
    assertThat(Listing.of(at(FOLDER))).isEqualTo(before);
  }

  private void orphanedFolders() throws Exception {
    push(ours(), snapshots.complete(ID, SMALL));
    push(ours(), snapshots.complete(OLDER, SMALL));
    String older = "this-machine/" + OLDER;
    Files.delete(at(FOLDER + "/SHA256SUMS"));
    Files.delete(at(FOLDER + "/MANIFEST.json"));
    Files.delete(at(older + "/SHA256SUMS"));
    Files.delete(at(older + "/" + OLDER + ".tar.gz"));
    clock.sleep(LONG);

    Files.write(at(older + "/HOLD.json"), HOLD.document());
    assertThat(ours().sweepOrphans().orThrow()).as("held").isEmpty();
    Files.delete(at(older + "/HOLD.json"));
    assertThat(secondRoot().sweepOrphans().orThrow()).as("another's").isEmpty();
    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("deleted " + older + ": a push that was broken off");
    assertThat(at(FOLDER + "/" + ID + ".tar.gz")).exists();

    orphansOnTheirWay();
  }

  private void orphansOnTheirWay() throws Exception {
    String third = "snap-2026-11-22T08-00-00Z";
    push(ours(), snapshots.complete(third, SMALL));
    String passing =
        "this-machine/%s.%s.partial-2026-11-22T08-00-00Z-00000001"
            .formatted(third, context("this-machine").origin().mark());
    Files.move(at("this-machine/" + third), at(passing));
    clock.sleep(LONG);
    assertThat(secondRoot().sweepOrphans().orThrow()).as("another's").isEmpty();
    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("brought this-machine/%s to its place: it was whole".formatted(third));
    assertThat(list(ours()).snapshots())
        .filteredOn(found -> found.id().toString().equals(third))
        .allMatch(found -> found.state() == SnapshotState.COMPLETE)
        .hasSize(1);

    Files.createDirectory(at(passing));
    Files.copy(at("this-machine/" + third + "/MANIFEST.json"), at(passing + "/MANIFEST.json"));
    assertThat(ours().sweepOrphans().orThrow())
        .containsExactly("deleted " + passing + ": a push that was broken off");
  }

  private void replaced() throws Exception {
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    place.damage(push(ours(), snapshot).snapshot(), ID + ".tar.gz");
    Files.createFile(at(FOLDER + "/" + ID + ".tar.gz.part-000"));
    Files.createFile(at(FOLDER + "/notes-of-mine.txt"));
    ours().hold(only(ours()), HOLD).orThrow();

    push(ours(), snapshot);

    assertThat(only(ours()).state()).isEqualTo(SnapshotState.COMPLETE);
    assertThat(only(ours()).hold()).isEqualTo(HOLD);
    assertThat(Listing.of(at(FOLDER)))
        .contains("notes-of-mine.txt")
        .doesNotContain(ID + ".tar.gz.part-000");
  }

  /** Something happens when the push says that it asks what there is. */
  private Progress before(String words, Callback then) {
    return new Progress() {
      private boolean done;

      @Override
      public void step(String what) {
        if (!done && what.startsWith(words)) {
          done = true;
          try {
            then.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
      }

      @Override
      public void advance(long some, long of) {}
    };
  }

  @FunctionalInterface
  private interface Callback {
    void run() throws Exception;
  }

  private void givenWay() throws Exception {
    StoredSnapshot theirs = theirs();
    Progress progress = before("asking directory", () -> push(secondRoot(), theirs));
    RemoteResult<Pushed> result =
        ours().push(snapshots.complete(ID, SMALL), quietAtFirst(progress));

    assertFailed(result, RemoteFault.REFUSED);
    assertThat(((Failed<?>) result).detail()).contains("another data root");
    assertSame(fetch(ours(), only(ours()), elsewhere()), theirs);
    assertThat(Listing.of(at("this-machine"))).noneMatch(name -> name.contains(".partial-"));
  }

  /** The first question is what there is before anything is sent. */
  private static Progress quietAtFirst(Progress progress) {
    return new Progress() {
      private int asked;

      @Override
      public void step(String what) {
        if (!what.startsWith("asking") || ++asked > 1) {
          progress.step(what);
        }
      }

      @Override
      public void advance(long done, long of) {}
    };
  }

  private void withdrawn() throws Exception {
    Files.createDirectories(at(FOLDER));
    Files.writeString(at(FOLDER + "/MANIFEST.json"), "left by an earlier version");
    StoredSnapshot theirs = theirs();
    RemoteResult<Pushed> result =
        ours()
            .push(
                snapshots.complete(ID, SMALL),
                before("sending " + ID, () -> push(secondRoot(), theirs)));

    assertFailed(result, RemoteFault.REFUSED);
    assertSame(fetch(ours(), only(ours()), elsewhere()), theirs);
    try (Stream<Path> files = Files.list(at(FOLDER))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("ORIGIN-")))
          .hasSize(1);
    }
  }

  private void brokenOff() throws Exception {
    push(ours(), snapshots.complete(OLDER, SMALL));
    StoredSnapshot snapshot = snapshots.complete(ID, SMALL);
    RemoteResult<Pushed> result =
        ours()
            .push(
                snapshot,
                quietAtFirst(
                    before(
                        "asking",
                        () -> {
                          for (Path passing : passing()) {
                            Files.writeString(passing.resolve(ID + ".tar.gz"), "other bytes");
                          }
                        })));

    assertFailed(result, RemoteFault.DAMAGED);
    assertThat(Listing.of(at("this-machine"))).allMatch(name -> name.startsWith(OLDER));
  }

  private List<Path> passing() throws Exception {
    try (Stream<Path> folders = Files.list(at("this-machine"))) {
      return folders.filter(folder -> folder.toString().contains(".partial-")).toList();
    }
  }
}
