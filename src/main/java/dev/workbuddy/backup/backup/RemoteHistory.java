package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the configured remotes hold, and holds on it. */
public final class RemoteHistory implements AutoCloseable {
  private final Path scratch;
  private final List<Remote> remotes;

  private RemoteHistory(Path scratch, List<Remote> remotes) {
    this.scratch = scratch;
    this.remotes = remotes;
  }

  public static RemoteHistory of(Settings settings, Machine machine) throws IOException {
    Path scratch = Files.createTempDirectory("wb-backup-");
    return new RemoteHistory(
        scratch, Remotes.configured(settings, RemoteContext.of(machine, settings, scratch)));
  }

  /** Of one remote alone, which need not be configured. */
  public static RemoteHistory of(Settings settings, Machine machine, String name)
      throws IOException {
    Path scratch = Files.createTempDirectory("wb-backup-");
    try {
      return new RemoteHistory(
          scratch,
          List.of(Remotes.find(name, settings, RemoteContext.of(machine, settings, scratch))));
    } catch (RuntimeException e) {
      DurableFiles.deleteTree(scratch);
      throw e;
    }
  }

  /** Each remote's listing, or why there is none, by name and in the order of the settings. */
  public SequencedMap<String, RemoteResult<RemoteListing>> list() throws InterruptedException {
    SequencedMap<String, RemoteResult<RemoteListing>> listings = new LinkedHashMap<>();
    for (Remote remote : remotes) {
      listings.put(remote.name(), remote.list());
    }
    return listings;
  }

  /**
   * Sets or releases the hold on the copies of a snapshot, whosever it is: a hold binds the sweeps
   * of every machine.
   *
   * @param origin the mark that its copies carry; null where they carry none, or this data root's
   * @param hold null to release
   * @return what could not be done, in words, for each remote where that is so
   */
  public List<String> hold(SnapshotId id, @Nullable String origin, @Nullable Hold hold)
      throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (Remote remote : remotes) {
      switch (remote.list()) {
        case Failed<RemoteListing> failed -> problems.add(failed.detail());
        case Ok<RemoteListing>(RemoteListing listing) -> {
          for (RemoteSnapshot copy : listing.snapshots()) {
            boolean meant =
                copy.id().equals(id)
                    && (copy.ours() || (origin != null && origin.equals(copy.origin())));
            if (meant && mark(remote, copy, hold) instanceof Failed<RemoteSnapshot> failed) {
              problems.add(failed.detail());
            }
          }
        }
      }
    }
    return List.copyOf(problems);
  }

  private static RemoteResult<RemoteSnapshot> mark(
      Remote remote, RemoteSnapshot copy, @Nullable Hold hold) throws InterruptedException {
    return hold == null ? remote.release(copy) : remote.hold(copy, hold);
  }

  @Override
  public void close() throws IOException {
    DurableFiles.deleteTree(scratch);
  }
}
