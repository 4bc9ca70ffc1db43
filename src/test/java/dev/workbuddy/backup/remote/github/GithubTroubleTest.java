package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.Fetch;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.PersistentRemote;
import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.RetryPolicy;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.SmallDisk;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Faults;
import dev.workbuddy.backup.testing.github.Operation;
import dev.workbuddy.backup.testing.github.Release;
import dev.workbuddy.backup.testing.github.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with GitHub, or on the way there, and what the user is told. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // Opened before each test.
class GithubTroubleTest {
  private static final String ID = "snap-2026-11-22T10-00-00Z";
  private static final String SUFFIXED = ID + ".this-machine";
  private static final int SMALL = 3_000;

  @TempDir Path scratch;

  private final ObedientClock clock = new ObedientClock("2026-11-22T10:05:00Z");
  private GithubPlace place;
  private Snapshots snapshots;
  private StoredSnapshot snapshot;

  @BeforeAll
  static void needGh() {
    Tools.require("gh");
  }

  @BeforeEach
  void open() throws Exception {
    place = new GithubPlace(Files.createDirectory(scratch.resolve("place")), clock);
    snapshots = new Snapshots(scratch.resolve("backups"), 42);
    snapshot = snapshots.complete(ID, SMALL);
  }

  @AfterEach
  void close() {
    place.close();
  }

  private RemoteContext context(String namespace) throws Exception {
    Path passing = Files.createDirectories(scratch.resolve("passing-" + namespace));
    return place.reaching(
        new RemoteContext(
            namespace,
            Origin.of(namespace, Path.of("/data")),
            System.getenv(),
            passing,
            clock,
            clock,
            new Random(7),
            2_000L << 20));
  }

  private Remote remote(String repository) throws Exception {
    return GithubReleases.of(repository, false, context("this-machine"));
  }

  private Remote ours() throws Exception {
    return remote(GithubPlace.REPOSITORY);
  }

  private Remote others() throws Exception {
    return GithubReleases.of(GithubPlace.REPOSITORY, false, context("other-machine"));
  }

  private Remote persistent() throws Exception {
    return new PersistentRemote(ours(), new RetryPolicy(clock, new Random(3)));
  }

  /** With variables changed, or taken away where they are set to nothing here. */
  private Remote with(Map<String, String> changes) throws Exception {
    RemoteContext usual = context("this-machine");
    Map<String, String> environment = new HashMap<>(usual.environment());
    environment.putAll(changes);
    environment.values().removeIf(String::isEmpty);
    return GithubReleases.of(GithubPlace.REPOSITORY, false, usual.with(environment));
  }

  private RemoteResult<Pushed> push(Remote remote) throws Exception {
    return remote.push(snapshot, Progress.silent());
  }

  private Pushed pushed(Remote remote) throws Exception {
    return push(remote).orThrow();
  }

  private Faults faults() {
    return place.github().faults();
  }

  /** What all failures have in common: they say where, what to do, and no secret. */
  private static Failed<?> failed(RemoteResult<?> result, RemoteFault expected) {
    assertThat(result).isInstanceOf(Failed.class);
    Failed<?> failed = (Failed<?>) result;
    assertThat(failed.fault()).as(failed.detail()).isEqualTo(expected);
    assertThat(failed.hint()).isNotBlank();
    assertThat(failed.detail() + failed.hint()).doesNotContain("ghp_").doesNotContain("\n");
    return failed;
  }

  /** The releases, drafts included, as tag and files. */
  private List<String> there() {
    return place
        .world()
        .inspect(
            GithubPlace.REPOSITORY,
            repository ->
                repository.releases().stream()
                    .map(r -> (r.isDraft() ? "draft " : "") + r.tag() + " " + r.assetNames())
                    .toList());
  }

  private static String whole(String tag) {
    return tag + " [MANIFEST.json, SHA256SUMS, " + ID + ".tar.gz]";
  }

  private List<String> tags() {
    return place
        .world()
        .inspect(GithubPlace.REPOSITORY, found -> found.tags().stream().sorted().toList());
  }

  private RemoteSnapshot only(Remote remote) throws Exception {
    List<RemoteSnapshot> listed = remote.list().orThrow().snapshots();
    assertThat(listed).hasSize(1);
    return listed.getFirst();
  }

  @Test
  void push_noGh_saysHowToGetIt() throws Exception {
    Path empty = Files.createDirectory(scratch.resolve("empty"));
    Failed<?> failed =
        failed(push(with(Map.of("PATH", empty.toString()))), RemoteFault.MISSING_TOOL);
    assertThat(failed.hint()).contains("https://cli.github.com", "gh auth login");
  }

  @Test
  void push_notLoggedIn_saysHowToLogIn() throws Exception {
    Remote nobody = with(Map.of("GH_TOKEN", "", "GH_HOST", ""));
    for (RemoteResult<?> result : List.of(nobody.check(), nobody.list(), push(nobody))) {
      assertThat(failed(result, RemoteFault.UNAUTHENTICATED).hint()).contains("`gh auth login`");
    }
    assertThat(place.github().seen()).isEmpty();
  }

  @Test
  void push_badToken_saysThatTheLoginIsNoLongerValid() throws Exception {
    Remote stranger = with(Map.of("GH_TOKEN", "ghp_expired"));
    for (RemoteResult<?> result : List.of(stranger.check(), stranger.list(), push(stranger))) {
      assertThat(failed(result, RemoteFault.UNAUTHENTICATED).hint()).contains("no longer valid");
    }
  }

  @Test
  void push_noSuchRepository_saysHowToCreateIt() throws Exception {
    for (RemoteResult<?> result :
        List.of(remote("alice/none").list(), push(remote("alice/none")))) {
      Failed<?> failed = failed(result, RemoteFault.NOT_FOUND);
      assertThat(failed.detail()).contains("github:alice/none");
      assertThat(failed.hint()).contains("gh repo create");
    }
  }

  @Test
  void push_anothersRepository_isNotThereForUs() throws Exception {
    place.world().person("bob", "ghp_bob").repository("bob/data", true, true);
    failed(push(remote("bob/data")), RemoteFault.NOT_FOUND);
  }

  @Test
  void push_emptyRepository_getsItsFirstCommit() throws Exception {
    place.world().repository("alice/empty", true, false);
    Remote empty = remote("alice/empty");

    assertThat(empty.check().orThrow().warnings()).first().asString().contains("is empty");
    assertThat(empty.list().orThrow().snapshots()).isEmpty();
    assertThat(empty.sweepOrphans().orThrow()).isEmpty();
    pushed(empty);
    assertThat(only(empty).state()).isEqualTo(SnapshotState.COMPLETE);
  }

  @Test
  void push_publicRepository_isRefusedUnlessAllowed() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.setPrivate(false));

    assertThat(failed(push(ours()), RemoteFault.REFUSED).detail()).contains("is public");
    failed(ours().check(), RemoteFault.REFUSED);
    assertThat(there()).isEmpty();

    Remote allowed = GithubReleases.of(GithubPlace.REPOSITORY, true, context("this-machine"));
    assertThat(allowed.check().orThrow().warnings()).isNotEmpty();
    pushed(allowed);
  }

  @Test
  void push_anothersPublicRepository_saysThatTheLoginMayNotWrite() throws Exception {
    place.world().person("bob", "ghp_bob").repository("bob/open", false, true);
    Remote open = GithubReleases.of("bob/open", true, context("this-machine"));
    assertThat(failed(push(open), RemoteFault.UNAUTHENTICATED).detail()).contains("not written");
  }

  @Test
  void everyOperation_nameTypedAsAddress_saysWhatToWrite() throws Exception {
    Remote typed = remote("https://github.com/alice/data.git");
    for (RemoteResult<?> result : List.of(typed.check(), typed.list(), push(typed))) {
      assertThat(failed(result, RemoteFault.UNCONFIGURED).hint()).contains("Write alice/data");
    }
  }

  @Test
  void push_noNetwork_isTriedThreeTimes() throws Exception {
    faults().times(3, Operation.QUERY_REPOSITORY, new Fault.Cut());
    failed(push(persistent()), RemoteFault.NETWORK);
    assertThat(clock.waits()).hasSize(2).allMatch(wait -> wait.toSeconds() < 15);
  }

  @Test
  void push_nameCannotBeResolved_blamesDns() throws Exception {
    String nowhere = "http://no-such-host.invalid:1";
    Remote remote = with(Map.of("HTTP_PROXY", nowhere, "HTTPS_PROXY", nowhere));
    for (RemoteResult<?> result : List.of(remote.list(), push(remote))) {
      assertThat(failed(result, RemoteFault.NETWORK).hint()).contains("DNS");
    }
  }

  @Test
  void push_proxyRefuses_blamesTheProxy() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Remote remote = with(Map.of("HTTP_PROXY", "http://127.0.0.1:" + closed));
    for (RemoteResult<?> result : List.of(remote.list(), push(remote))) {
      assertThat(failed(result, RemoteFault.NETWORK).hint()).contains("proxy");
    }
  }

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
  void push_tagBurntByAnImmutableRelease_takesTheOtherTag() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, found -> found.makeReleasesImmutable());
    faults().next(Operation.CHANGE_RELEASE, new Fault.AnswerLost());
    pushed(persistent());
    assertThat(there()).containsExactly(whole(SUFFIXED));
    assertThat(only(ours()).id()).hasToString(ID);
  }

  @Test
  void push_immutableReleaseDamaged_saysWhatToDo() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, found -> found.makeReleasesImmutable());
    pushed(ours());
    place.damage(only(ours()), ID + ".tar.gz");
    assertThat(failed(push(ours()), RemoteFault.REFUSED).hint()).contains("Delete that release");
  }

  @Test
  void hold_immutableRelease_isSeenAndTakenAwayAgain() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, found -> found.makeReleasesImmutable());
    pushed(ours());
    Hold hold = new Hold("a | b --> <!-- c", "me", Instant.parse("2026-11-22T10:01:00Z"));

    ours().hold(only(ours()), hold).orThrow();
    assertThat(only(others()).hold()).isEqualTo(hold);
    assertThat(release().body()).startsWith("**Held** by me since 2026-11-22T10:01:00Z: a");

    ours().release(only(ours())).orThrow();
    assertThat(only(others()).hold()).isNull();
    assertThat(release().body()).doesNotContain("Held");
  }

  private Release release() {
    return place
        .world()
        .inspect(GithubPlace.REPOSITORY, repository -> repository.releases().getFirst());
  }

  @Test
  void push_badGatewayThreeTimesInARow_failsWithoutAnOrphan() throws Exception {
    faults().times(3, Operation.CREATE_RELEASE, new Fault.Answer(Reply.badGateway()));
    assertThat(failed(push(persistent()), RemoteFault.NETWORK).detail()).contains("502");
    assertThat(clock.waits()).hasSize(2);
    assertThat(there()).isEmpty();
  }

  @Test
  void push_hourlyLimitSoonOver_waitsAsTold() throws Exception {
    place.world().limitUntil(clock.instant().plusSeconds(90));
    pushed(persistent());
    assertThat(clock.waits()).hasSize(1);
    assertThat(clock.waits().getFirst()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(105));
  }

  @Test
  void push_hourlyLimitLong_givesUpAtOnceAndSaysHowLong() throws Exception {
    place.world().limitUntil(clock.instant().plus(Duration.ofMinutes(50)));
    Failed<?> failed = failed(push(persistent()), RemoteFault.RATE_LIMITED);
    assertThat(failed.retryAfter()).isEqualTo(Duration.ofMinutes(50).plusSeconds(1));
    assertThat(clock.waits()).isEmpty();
  }

  @Test
  void push_limitReachedWhereGhHidesTheWords_isKnownByTheHeaders() throws Exception {
    faults()
        .next(
            Operation.FIND_RELEASE,
            new Fault.Meanwhile(() -> place.world().limitUntil(clock.instant().plusSeconds(60))));
    assertThat(failed(push(ours()), RemoteFault.RATE_LIMITED).retryAfter())
        .isEqualTo(Duration.ofSeconds(61));
  }

  @Test
  void push_secondaryLimit_waitsAsTold() throws Exception {
    Reply limit = Reply.secondaryLimit(Duration.ofSeconds(33));
    faults().next(Operation.CREATE_RELEASE, limit).next(Operation.READ_REPOSITORY, limit);
    pushed(persistent());
    assertThat(clock.waits()).hasSize(1);
    assertThat(clock.waits().getFirst()).isBetween(Duration.ofSeconds(33), Duration.ofSeconds(37));
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void push_secondaryLimitOnCreationsAlone_waitsAMinute() throws Exception {
    faults().next(Operation.CREATE_RELEASE, Reply.secondaryLimit(Duration.ofSeconds(33)));
    pushed(persistent());
    assertThat(clock.waits().getFirst()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
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
    failed(push(ours()), RemoteFault.DAMAGED);
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
        .next(Operation.DOWNLOAD_ASSET, new Fault.WrongBytes());

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
        .draft(GithubPlace.REPOSITORY, ID, theirs.replace("other-machine", "this-machine"));
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.addTag(SUFFIXED));

    clock.sleep(Duration.ofHours(23));
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    clock.sleep(Duration.ofHours(2));
    assertThat(ours().sweepOrphans().orThrow()).containsExactly("draft " + ID, "tag " + SUFFIXED);
    assertThat(there()).containsExactly(whole(ID), "draft " + ID + " []");
  }

  @Test
  void sweepOrphans_tagWithoutRelease_goesOnlyWhereNobodyElsePushes() throws Exception {
    String lost = "snap-2026-11-01T00-00-00Z";
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.addTag(lost));
    pushed(others());
    assertThat(ours().sweepOrphans().orThrow()).isEmpty();
    others().delete(others().list().orThrow().ours().getFirst()).orThrow();
    assertThat(ours().sweepOrphans().orThrow()).containsExactly("tag " + lost);
    assertThat(tags()).isEmpty();
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
