package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.RetryPolicy;
import dev.workbuddy.backup.remote.RetryingRemote;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Snapshots;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.Faults;
import dev.workbuddy.backup.testing.github.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A repository on the stand-in for GitHub, a snapshot to push there, and what comes of it. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // Opened before each test.
abstract class GithubScene {
  static final String ID = "snap-2026-11-22T10-00-00Z";
  static final String SUFFIXED = ID + ".this-machine";
  static final int SMALL = 3_000;

  @TempDir Path scratch;

  final ObedientClock clock = new ObedientClock("2026-11-22T10:05:00Z");
  GithubPlace place;
  Snapshots snapshots;
  StoredSnapshot snapshot;

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

  RemoteContext context(String namespace) throws Exception {
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

  Remote remote(String repository) throws Exception {
    return GithubReleases.of(repository, false, context("this-machine"));
  }

  Remote ours() throws Exception {
    return remote(GithubPlace.REPOSITORY);
  }

  Remote others() throws Exception {
    return GithubReleases.of(GithubPlace.REPOSITORY, false, context("other-machine"));
  }

  Remote persistent() throws Exception {
    return new RetryingRemote(ours(), new RetryPolicy(clock, new Random(3)));
  }

  /** With variables changed, or taken away where they are set to nothing here. */
  Remote with(Map<String, String> changes) throws Exception {
    RemoteContext usual = context("this-machine");
    Map<String, String> environment = new HashMap<>(usual.environment());
    environment.putAll(changes);
    environment.values().removeIf(String::isEmpty);
    return GithubReleases.of(GithubPlace.REPOSITORY, false, usual.with(environment));
  }

  RemoteResult<Pushed> push(Remote remote) throws Exception {
    return remote.push(snapshot, Progress.silent());
  }

  Pushed pushed(Remote remote) throws Exception {
    return push(remote).orThrow();
  }

  Faults faults() {
    return place.github().faults();
  }

  /** What all failures have in common: they say where, what to do, and no secret. */
  static Failed<?> failed(RemoteResult<?> result, RemoteFault expected) {
    assertThat(result).isInstanceOf(Failed.class);
    Failed<?> failed = (Failed<?>) result;
    assertThat(failed.fault()).as(failed.detail()).isEqualTo(expected);
    assertThat(failed.hint()).isNotBlank();
    assertThat(failed.detail() + failed.hint()).doesNotContain("ghp_").doesNotContain("\n");
    return failed;
  }

  /** The releases, drafts included, as tag and files. */
  List<String> there() {
    return place
        .world()
        .inspect(
            GithubPlace.REPOSITORY,
            repository ->
                repository.releases().stream()
                    .map(r -> (r.isDraft() ? "draft " : "") + r.tag() + " " + r.assetNames())
                    .toList());
  }

  static String whole(String tag) {
    return tag + " [MANIFEST.json, SHA256SUMS, " + ID + ".tar.gz]";
  }

  List<String> tags() {
    return place
        .world()
        .inspect(GithubPlace.REPOSITORY, found -> found.tags().stream().sorted().toList());
  }

  RemoteSnapshot only(Remote remote) throws Exception {
    List<RemoteSnapshot> listed = remote.list().orThrow().snapshots();
    assertThat(listed).hasSize(1);
    return listed.getFirst();
  }

  Release release() {
    return place
        .world()
        .inspect(GithubPlace.REPOSITORY, repository -> repository.releases().getFirst());
  }
}
