package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.backup.PushSnapshots;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.Fetch;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFinder;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A remote whose snapshots are to be proven. */
record DrilledRemote(Settings settings, RemoteContext context, Remote remote)
    implements DrillSource {
  @Override
  public String name() {
    return remote.name();
  }

  @Override
  public Choice choose(DrillRequest request) throws IOException, InterruptedException {
    RemoteListing listing = remote.list().orThrow();
    if (request.isLatest()) {
      requireNewestWhole(listing);
    }
    return new Found(remote, finder(listing).find(request.snapshot()));
  }

  private RemoteFinder finder(RemoteListing listing) {
    return new RemoteFinder(listing, name(), context.namespace(), context.clock().instant());
  }

  /** Passing over it would prove a restore of older data than the user counts on. */
  private void requireNewestWhole(RemoteListing listing) throws IOException {
    Optional<RemoteSnapshot> broken =
        listing.ours().stream()
            .findFirst()
            .filter(newest -> newest.state() == SnapshotState.DAMAGED);
    if (broken.isPresent() && !PushSnapshots.isGoingOn(settings, name())) {
      throw new BackupException(
          ErrorCode.REMOTE_DAMAGED,
          "%s in %s is not whole: files of it are not there, or not those that were sent"
              .formatted(broken.get().id(), name()),
          "`wb-backup push %s` sends it again, if it is on this machine."
              .formatted(broken.get().id()));
    }
  }

  private record Found(Remote remote, RemoteSnapshot snapshot) implements Choice {
    @Override
    public SnapshotId id() {
      return snapshot.id();
    }

    @Override
    public @Nullable String namespace() {
      return snapshot.namespace();
    }

    @Override
    public boolean ours() {
      return snapshot.ours();
    }

    @Override
    public StoredSnapshot fetch(LocalStore store, Progress progress)
        throws IOException, InterruptedException {
      return new Fetch(store).run(remote, snapshot, progress);
    }
  }
}
