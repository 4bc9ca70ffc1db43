package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.TestPlace;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Expected;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Facts;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.testing.github.Asset;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import dev.workbuddy.backup.testing.github.Operation;
import dev.workbuddy.backup.testing.github.Release;
import dev.workbuddy.backup.testing.github.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A private repository of the stand-in for GitHub, reached by the real {@code gh}. */
final class GithubPlace implements TestPlace {
  static final String REPOSITORY = "alice/data";
  private static final String TOKEN = "ghp_alice";

  private final Path directory;
  private final GithubStandIn github;

  GithubPlace(Path directory, InstantSource clock) throws IOException {
    this.directory = directory;
    this.github = GithubStandIn.start(Files.createDirectory(directory.resolve("kept")), clock);
    github.world().person("alice", TOKEN).repository(REPOSITORY, true, true);
  }

  GithubStandIn github() {
    return github;
  }

  World world() {
    return github.world();
  }

  /** The environment of a machine, such that its {@code gh} reaches only the stand-in. */
  Map<String, String> environment(Map<String, String> machine) {
    Map<String, String> environment = new HashMap<>(machine);
    environment.putAll(github.environment(directory, TOKEN));
    return environment;
  }

  RemoteContext reaching(RemoteContext context) {
    return context.with(environment(context.environment()));
  }

  @Override
  public Remote remote(RemoteContext context) {
    return GithubReleases.of(REPOSITORY, false, reaching(context));
  }

  /** {@code gh} tries again by itself, and then meets what the first attempt left. */
  @Override
  public Breaking breaking(RemoteContext context) {
    github.faults().next(Operation.UPLOAD_ASSET, new Fault.CutAfter(1_000));
    return new Breaking(
        remote(context),
        Progress.silent(),
        RemoteFault.NETWORK,
        () -> github.faults().haveAllFired());
  }

  @Override
  public Breaking full(RemoteContext context) {
    world().change(REPOSITORY, repository -> repository.limitAssets(100_000));
    return new Breaking(remote(context), Progress.silent(), RemoteFault.QUOTA, () -> true);
  }

  @Override
  public void change(RemoteSnapshot snapshot, String file, Change change) {
    world().change(REPOSITORY, repository -> change(release(snapshot), file, change));
  }

  private static void change(Release release, String file, Change change) {
    try {
      Asset asset = release.asset(file).orElseThrow();
      Path changed = Files.copy(asset.content(), Path.of(asset.content() + "-changed"));
      change.on(changed);
      release.replace(file, changed, Files.size(changed), Checksums.sha256(changed));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Release release(RemoteSnapshot snapshot) {
    return world()
        .inspect(REPOSITORY, repository -> repository.published(snapshot.place()).orElseThrow());
  }

  @Override
  public void lose(RemoteSnapshot snapshot, String file) {
    world().change(REPOSITORY, _ -> release(snapshot).lose(file));
  }

  @Override
  public void seed(String namespace, int count) {
    Instant first = Instant.parse("2025-01-01T00:00:00Z");
    for (int i = 0; i < count; i++) {
      seed(namespace, new SnapshotId(first.plusSeconds(3600L * i), false));
    }
  }

  /** A complete snapshot, as the listing shows it; its files cannot be downloaded. */
  void seed(String namespace, SnapshotId id) {
    List<Expected> files =
        Stream.of(id + ".tar.gz", "MANIFEST.json", "SHA256SUMS")
            .map(name -> new Expected(name, 10, "ab".repeat(32)))
            .toList();
    Facts facts = new Facts(1, namespace, "host", null, id.time(), true, files, null);
    String body = new ReleaseNotes(facts, null).text(id);
    Release release = world().release(REPOSITORY, id.toString(), body);
    files.forEach(file -> release.list(file.name(), file.bytes(), file.sha256()));
  }

  @Override
  public List<String> forOtherProcess() {
    List<String> arguments = new ArrayList<>(List.of(GithubReleases.KIND + REPOSITORY));
    environment(Map.of())
        .forEach(
            (name, value) -> {
              arguments.add(name);
              arguments.add(value);
            });
    return List.copyOf(arguments);
  }

  @Override
  public void close() {
    github.close();
  }
}
