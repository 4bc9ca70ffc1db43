package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Operation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What keeps this machine from using its repository, and what the user is told. */
class GithubAccessTest extends GithubScene {
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
  void push_nameWithoutOwner_goesToWhoeverIsLoggedIn() throws Exception {
    Remote bare = remote("data");
    assertThat(bare.name()).isEqualTo("github:data");

    pushed(bare);

    assertThat(only(bare)).isEqualTo(only(ours()));
    failed(remote("nosuch").list(), RemoteFault.NOT_FOUND);
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
  void push_internalRepository_isRefusedUnlessAllowed() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.makeInternal());
    assertThat(failed(push(ours()), RemoteFault.REFUSED).detail())
        .contains("internal", "enterprise");
    Remote allowed = GithubReleases.of(GithubPlace.REPOSITORY, true, context("this-machine"));
    assertThat(allowed.check().orThrow().warnings())
        .singleElement()
        .asString()
        .contains("internal");
    pushed(allowed);
  }

  @Test
  void everyOperation_archivedRepository_canBeReadAndSaysWhyNotWritten() throws Exception {
    pushed(ours());
    RemoteSnapshot copy = only(ours());
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.archive());
    for (RemoteResult<?> result : List.of(push(ours()), ours().delete(copy))) {
      assertThat(failed(result, RemoteFault.REFUSED).hint()).contains("Unarchive");
    }
    assertThat(only(ours())).isEqualTo(copy);
  }

  @Test
  void everyOperation_samlEnforced_saysHowToLetTheLoginIn() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, repository -> repository.enforceSaml());
    for (RemoteResult<?> result : List.of(push(ours()), ours().list())) {
      assertThat(failed(result, RemoteFault.FORBIDDEN).hint()).contains("single sign-on");
    }
  }

  @Test
  void prepare_repositoryOfAnotherPerson_makesNoneUnderOnesOwnName() throws Exception {
    place.world().person("bob", "ghp_bob");
    var refused = new GithubAccount(context("this-machine")).prepare("bob/copies", false);
    assertThat(failed(refused, RemoteFault.REFUSED).hint()).contains("alice/copies");
    failed(remote("alice/copies").list(), RemoteFault.NOT_FOUND);
    failed(
        new GithubAccount(context("this-machine")).prepare("nobody/copies", false),
        RemoteFault.REFUSED);
  }

  @Test
  void push_anothersPublicRepository_saysThatTheLoginMayNotWrite() throws Exception {
    place.world().person("bob", "ghp_bob").repository("bob/open", false, true);
    Remote open = GithubReleases.of("bob/open", true, context("this-machine"));
    assertThat(failed(push(open), RemoteFault.FORBIDDEN).detail()).contains("not written");
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
}
