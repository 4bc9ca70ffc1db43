package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.util.List;

/**
 * A remote whose listings are compared with the snapshots on this machine: a copy whose files do
 * not have the sizes of those that were sent is damaged, though all of them are there.
 *
 * @param history the snapshots on this machine
 */
public record VerifyingRemote(Remote remote, LocalStore history) implements Remote {
  @Override
  public String name() {
    return remote.name();
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    return remote.check();
  }

  @Override
  public RemoteResult<RemoteListing> list() throws InterruptedException {
    return remote.list().map(this::compared);
  }

  @Override
  public RemoteResult<RemoteListing> inspect() throws InterruptedException {
    return remote.inspect().map(this::compared);
  }

  private RemoteListing compared(RemoteListing listing) {
    LocalSizes sizes = LocalSizes.of(history);
    return new RemoteListing(
        listing.snapshots().stream()
            .map(copy -> copy.ours() && sizes.contradict(copy) ? copy.damaged() : copy)
            .toList(),
        listing.gaps(),
        listing.leftBehind());
  }

  @Override
  public RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress)
      throws InterruptedException {
    return remote.push(snapshot, progress);
  }

  @Override
  public RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress)
      throws InterruptedException {
    return remote.download(snapshot, file, target, progress);
  }

  @Override
  public RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) throws InterruptedException {
    return remote.delete(snapshot);
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold)
      throws InterruptedException {
    return remote.hold(snapshot, hold);
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException {
    return remote.release(snapshot);
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() throws InterruptedException {
    return remote.sweepOrphans();
  }
}
