package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository that is named without its owner, who is whoever {@code gh} is logged in as. GitHub
 * is asked for that once, at the first operation: what {@code gh} remembers of a login may be of
 * another account than its token. The name stays the one that the user wrote, so that what is
 * recorded under it does not depend on an answer.
 */
final class OwnRepository implements Remote {
  private final String text;
  private final boolean publicAllowed;
  private final RemoteContext context;
  private @Nullable Remote found;

  OwnRepository(String text, boolean publicAllowed, RemoteContext context) {
    this.text = text;
    this.publicAllowed = publicAllowed;
    this.context = context;
  }

  @Override
  public String name() {
    return GithubReleases.KIND + text;
  }

  private RemoteResult<Remote> named() throws InterruptedException {
    Remote known = found;
    return known != null
        ? RemoteResult.ok(known)
        : new GithubAccount(context).nameOf(text).map(this::remember);
  }

  private Remote remember(RepositoryName name) {
    Remote releases = GithubReleases.of(name.toString(), publicAllowed, context);
    found = releases;
    return releases;
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    return named().then(Remote::check);
  }

  @Override
  public RemoteResult<RemoteListing> list() throws InterruptedException {
    return named().then(Remote::list);
  }

  @Override
  public RemoteResult<RemoteListing> inspect() throws InterruptedException {
    return named().then(Remote::inspect);
  }

  @Override
  public RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress)
      throws InterruptedException {
    return named().then(remote -> remote.push(snapshot, progress));
  }

  @Override
  public RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress)
      throws InterruptedException {
    return named().then(remote -> remote.download(snapshot, file, target, progress));
  }

  @Override
  public RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) throws InterruptedException {
    return named().then(remote -> remote.delete(snapshot));
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold)
      throws InterruptedException {
    return named().then(remote -> remote.hold(snapshot, hold));
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException {
    return named().then(remote -> remote.release(snapshot));
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() throws InterruptedException {
    return named().then(Remote::sweepOrphans);
  }
}
