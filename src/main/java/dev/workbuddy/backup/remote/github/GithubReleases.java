package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.SnapshotFiles;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A repository's releases: one for each snapshot, its tag the snapshot's id, its files the assets.
 * Who the user is, only their {@code gh} knows.
 */
public final class GithubReleases implements Remote {
  /** What names of such remotes begin with. */
  public static final String KIND = "github:";

  private final GithubRepository repository;
  private final boolean publicAllowed;

  private GithubReleases(GithubRepository repository, boolean publicAllowed) {
    this.repository = repository;
    this.publicAllowed = publicAllowed;
  }

  /**
   * The releases of a repository.
   *
   * @param repository {@code owner/name}, or a name alone for one of the account's own; with any
   *     other text every operation says what is wrong
   * @param publicAllowed whether snapshots may go where everybody can read them
   */
  public static Remote of(String repository, boolean publicAllowed, RemoteContext context) {
    return RepositoryName.parse(repository)
        .<Remote>map(name -> new GithubReleases(GithubRepository.of(name, context), publicAllowed))
        .orElseGet(
            () ->
                RepositoryName.isBare(repository)
                    ? new OwnRepository(repository, publicAllowed, context)
                    : new UnusableName(repository));
  }

  @Override
  public String name() {
    return KIND + repository.name();
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    return RepositoryState.of(repository).then(state -> state.judge(name(), publicAllowed));
  }

  @Override
  public RemoteResult<RemoteListing> list() throws InterruptedException {
    return repository.releases().all().map(this::listing);
  }

  /** Its listing tells every checksum anyway. */
  @Override
  public RemoteResult<RemoteListing> inspect() throws InterruptedException {
    return list();
  }

  private RemoteListing listing(Releases.Found found) {
    RemoteContext context = repository.context();
    return new RemoteListing(
        found.releases().stream().flatMap(each -> each.snapshot(context).stream()).toList(),
        found.whole()
            ? List.of()
            : List.of(
                "%s has more releases than GitHub lists; %d of them are listed"
                    .formatted(name(), found.releases().size())),
        true);
  }

  @Override
  public RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress)
      throws InterruptedException {
    RemoteContext context = repository.context();
    try (SnapshotFiles files = SnapshotFiles.of(snapshot, context.scratch(), context.partBytes())) {
      return RepositoryState.of(repository)
          .then(state -> state.judge(name(), publicAllowed).map(_ -> state))
          .then(state -> state.withFirstCommit(repository))
          .then(_ -> ReleasePush.run(repository, snapshot, files, progress));
    } catch (BackupException e) {
      return RemoteResult.failed(RemoteFault.FAILED, e.text(), e.hint());
    } catch (IOException e) {
      return LocalIoFailure.failed("read " + snapshot.id() + " on this machine", e);
    }
  }

  @Override
  public RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress)
      throws InterruptedException {
    progress.advance(0, file.bytes());
    RemoteResult<Path> result =
        repository.download().to(target, snapshot.place(), file.name(), file.bytes());
    progress.advance(result.isOk() ? file.bytes() : 0, file.bytes());
    return result;
  }

  @Override
  public RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) throws InterruptedException {
    return snapshot.ours()
        ? repository.releases().published(snapshot.place()).then(found -> delete(snapshot, found))
        : RemoteResult.failed(
            RemoteFault.REFUSED,
            "%s in %s is not this machine's".formatted(snapshot.id(), name()),
            "Delete it on the machine that took it.");
  }

  /** What somebody else published under the tag meanwhile stays; so does what somebody holds. */
  private RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot, Optional<Release> found)
      throws InterruptedException {
    Releases releases = repository.releases();
    if (found.isEmpty()) {
      return releases.deleteBareTag(snapshot.place()).map(_ -> snapshot);
    }
    RemoteSnapshot now = found.get().snapshot(repository.context()).orElse(snapshot);
    if (now.hold() != null) {
      return RemoteResult.ok(now);
    }
    boolean same = now.ours() && Objects.equals(now.origin(), snapshot.origin());
    return same
        ? releases.deletePublished(snapshot.place()).map(_ -> snapshot)
        : RemoteResult.ok(snapshot);
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold)
      throws InterruptedException {
    return mark(snapshot, hold);
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException {
    return mark(snapshot, null);
  }

  private RemoteResult<RemoteSnapshot> mark(RemoteSnapshot snapshot, @Nullable Hold hold)
      throws InterruptedException {
    return repository
        .releases()
        .published(snapshot.place())
        .then(found -> found.isEmpty() ? gone(snapshot) : mark(found.get(), hold))
        .map(_ -> snapshot.withHold(hold));
  }

  private RemoteResult<Release> mark(Release release, @Nullable Hold hold)
      throws InterruptedException {
    Optional<ReleaseNotes.Facts> facts = release.facts();
    return facts.isEmpty()
        ? RemoteResult.failed(
            RemoteFault.REFUSED,
            release.tagName() + " was not pushed by wb-backup, so it cannot be marked",
            "No sweep of wb-backup deletes it anyway.")
        : repository
            .releases()
            .describe(release, ReleaseNotes.withHold(release.body(), facts.get(), hold));
  }

  private RemoteResult<Release> gone(RemoteSnapshot snapshot) {
    return RemoteResult.failed(
        RemoteFault.NOT_FOUND,
        "%s is no longer in %s".formatted(snapshot.id(), name()),
        RemoteListing.hint(name()));
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() throws InterruptedException {
    return new Orphans(repository).sweep();
  }
}
