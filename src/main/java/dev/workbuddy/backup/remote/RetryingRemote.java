package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.util.List;

/** A remote whose operations are tried again as the policy says; they are idempotent. */
public record RetryingRemote(Remote remote, RetryPolicy policy) implements Remote {
  @Override
  public String name() {
    return remote.name();
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    return policy.run(remote::check);
  }

  @Override
  public RemoteResult<RemoteListing> list() throws InterruptedException {
    return policy.run(remote::list);
  }

  @Override
  public RemoteResult<RemoteListing> inspect() throws InterruptedException {
    return policy.run(remote::inspect);
  }

  @Override
  public RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress)
      throws InterruptedException {
    return policy.run(() -> remote.push(snapshot, progress));
  }

  @Override
  public RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress)
      throws InterruptedException {
    return policy.run(() -> remote.download(snapshot, file, target, progress));
  }

  @Override
  public RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) throws InterruptedException {
    return policy.run(() -> remote.delete(snapshot));
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold)
      throws InterruptedException {
    return policy.run(() -> remote.hold(snapshot, hold));
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException {
    return policy.run(() -> remote.release(snapshot));
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() throws InterruptedException {
    return policy.run(remote::sweepOrphans);
  }
}
