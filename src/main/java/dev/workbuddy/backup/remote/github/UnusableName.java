package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.util.List;

/** What a name that is no repository's is to users: a remote that only says what is wrong. */
record UnusableName(String text) implements Remote {
  @Override
  public String name() {
    return GithubReleases.KIND + text;
  }

  private <T> RemoteResult<T> unusable() {
    return RemoteResult.failed(
        RemoteFault.UNCONFIGURED,
        "'%s' is not the name of a GitHub repository".formatted(text),
        RepositoryName.hint(text));
  }

  @Override
  public RemoteResult<Readiness> check() {
    return unusable();
  }

  @Override
  public RemoteResult<RemoteListing> list() {
    return unusable();
  }

  @Override
  public RemoteResult<RemoteListing> inspect() {
    return unusable();
  }

  @Override
  public RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress) {
    return unusable();
  }

  @Override
  public RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress) {
    return unusable();
  }

  @Override
  public RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) {
    return unusable();
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold) {
    return unusable();
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) {
    return unusable();
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() {
    return unusable();
  }
}
