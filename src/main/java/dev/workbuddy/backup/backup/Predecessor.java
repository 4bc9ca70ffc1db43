package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Guard;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFault;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The history that may have been here before this one. Where data and history were lost together,
 * the application starts with nothing, and its new history has nothing to compare that with: so its
 * first push compares with what a place still has under the name that both want.
 */
final class Predecessor {
  private final Settings settings;
  private final RemoteContext context;
  private final LocalStore store;

  Predecessor(Settings settings, RemoteContext context) {
    this.settings = settings;
    this.context = context;
    this.store = new LocalStore(settings.backupsDir());
  }

  /**
   * Compares, where nothing of this history is there yet; raises alarms.
   *
   * @param taken the newest snapshot of this history
   * @return what the user should know; {@code Failed} where they cannot be compared, and nothing is
   *     to be pushed before they are: the next push would find copies of this history there
   */
  RemoteResult<List<String>> compare(
      Remote remote, RemoteListing listing, StoredSnapshot taken, Progress progress)
      throws InterruptedException {
    Optional<RemoteSnapshot> last = listing.ours().isEmpty() ? last(listing) : Optional.empty();
    Manifest now = taken.manifest();
    if (last.isEmpty() || now == null) {
      return RemoteResult.ok(List.of());
    }
    String name = last.get().namespace() + "/" + last.get().id();
    try {
      List<Alarm> raised = compare(remote, last.get(), name, taken, now, progress);
      return RemoteResult.ok(raised.isEmpty() ? List.of() : List.of(words(remote, name)));
    } catch (IOException | BackupException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "this history cannot be compared with %s, which may be what was here before it: %s"
              .formatted(name, RunError.of(e).message()),
          "The next run tries again; nothing is pushed there before that.");
    }
  }

  private String words(Remote remote, String name) {
    return "%s has snapshots of another history of the name %s, with more in them; the newest: %s. `wb-backup restore %s --from %s` brings it back"
        .formatted(remote.name(), context.namespace(), name, name, remote.name());
  }

  private Optional<RemoteSnapshot> last(RemoteListing listing) {
    return listing.snapshots().stream()
        .filter(copy -> context.namespace().equals(copy.namespace()))
        .filter(copy -> copy.state() == SnapshotState.COMPLETE)
        .findFirst();
  }

  private List<Alarm> compare(
      Remote remote,
      RemoteSnapshot last,
      String name,
      StoredSnapshot taken,
      Manifest now,
      Progress progress)
      throws IOException, InterruptedException {
    Manifest before = manifest(remote, last, progress);
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "compare with an earlier history")) {
      return new Guard(settings.guard(), store)
          .comparePredecessor(before, name, last.id(), now, taken.id());
    }
  }

  private Manifest manifest(Remote remote, RemoteSnapshot last, Progress progress)
      throws IOException, InterruptedException {
    RemoteFile file =
        last.file(Manifest.FILE_NAME).orElseThrow(() -> new IOException("it has no manifest"));
    Path target = Files.createTempFile(context.scratch(), "before", ".json");
    try {
      return switch (remote.download(last, file, target, progress)) {
        case Ok<Path>(Path manifest) ->
            ManifestJson.read(
                new StateFile(manifest, ManifestJson.MAX_BYTES).bytes(), last.id().toString());
        case Failed<Path> failed -> throw new IOException(failed.detail());
      };
    } finally {
      Files.deleteIfExists(target);
    }
  }
}
