package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Guard;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a place still has of this history that is not here any more, or of another that may have
 * been here before it. Where data and history were lost together, or an old image of both was put
 * back, the application starts with less, and nothing here tells: so a push compares with that
 * first.
 */
final class Predecessor {
  /** Copies that were taken while an alarm was open show the loss; this many are passed over. */
  private static final int MOST_LOOKS = 10;

  private final Settings settings;
  private final RemoteContext context;
  private final LocalStore store;
  private final List<StoredSnapshot> all;

  /**
   * For one push.
   *
   * @param all the snapshots that are here
   */
  Predecessor(Settings settings, RemoteContext context, List<StoredSnapshot> all) {
    this.all = List.copyOf(all);
    this.settings = settings;
    this.context = context;
    this.store = new LocalStore(settings.backupsDir());
  }

  /**
   * Compares, where the place has something newer than all that was here before the newest; raises
   * alarms.
   *
   * @param taken the newest snapshot of this history
   * @return what the user should know; {@code Failed} where they cannot be compared, and nothing is
   *     to be pushed before they are: the next push would find copies of this history there
   */
  RemoteResult<List<String>> compare(
      Remote remote, RemoteListing listing, StoredSnapshot taken, Progress progress)
      throws InterruptedException {
    List<RemoteSnapshot> earlier = earlier(listing, taken);
    Manifest now = taken.manifest();
    return earlier.isEmpty() || now == null
        ? RemoteResult.ok(List.of())
        : compare(remote, earlier, taken, now, progress);
  }

  private RemoteResult<List<String>> compare(
      Remote remote,
      List<RemoteSnapshot> earlier,
      StoredSnapshot taken,
      Manifest now,
      Progress progress)
      throws InterruptedException {
    RemoteSnapshot looked = earlier.getFirst();
    try {
      Manifest before = manifest(remote, looked, progress);
      for (RemoteSnapshot next : earlier.stream().skip(1).limit(MOST_LOOKS).toList()) {
        if (before.alarms().stream().noneMatch(Alarm::isOpen)) {
          break;
        }
        looked = next;
        before = manifest(remote, next, progress);
      }
      List<Alarm> raised = raise(before, looked, taken, now);
      return RemoteResult.ok(raised.isEmpty() ? List.of() : List.of(words(remote, looked)));
    } catch (IOException | BackupException e) {
      return uncompared(name(looked), e);
    }
  }

  private static RemoteResult<List<String>> uncompared(String what, Exception e) {
    return RemoteResult.failed(
        RemoteFault.FAILED,
        "this history cannot be compared with %s, which may be what was here before it: %s"
            .formatted(what, RunError.of(e).message()),
        "The next run tries again; nothing is pushed there before that.");
  }

  private static String name(RemoteSnapshot copy) {
    return copy.namespace() + "/" + copy.id();
  }

  private String words(Remote remote, RemoteSnapshot last) {
    String name = name(last);
    return "%s has snapshots of %s, with more in them; the newest: %s. `wb-backup restore %s --from %s` brings it back"
        .formatted(
            remote.name(),
            last.ours()
                ? "this history that are not here any more"
                : "another history of the name " + context.namespace(),
            name,
            name,
            remote.name());
  }

  /**
   * What was here before, newest first. Of this history what is newer than all that is here, but
   * for the one that was just taken; where nothing of it is there, of any with its name.
   */
  private List<RemoteSnapshot> earlier(RemoteListing listing, StoredSnapshot taken) {
    Instant now = settled(taken);
    Stream<RemoteSnapshot> usable =
        listing.snapshots().stream()
            .filter(copy -> copy.state() == SnapshotState.COMPLETE)
            .filter(copy -> !RetentionRules.isDatedAhead(copy.id(), now));
    if (listing.ours().isEmpty()) {
      return usable.filter(copy -> context.namespace().equals(copy.namespace())).toList();
    }
    List<SnapshotId> here =
        all.stream()
            .filter(new IdentityFile(store.directory()).ownership())
            .map(StoredSnapshot::id)
            .toList();
    Optional<SnapshotId> newest =
        here.stream()
            .filter(id -> !id.equals(taken.id()))
            .filter(id -> !RetentionRules.isDatedAhead(id, now))
            .max(Comparator.naturalOrder());
    return usable
        .filter(RemoteSnapshot::ours)
        .filter(copy -> !here.contains(copy.id()))
        .filter(copy -> newest.isEmpty() || copy.id().compareTo(newest.get()) > 0)
        .toList();
  }

  /** The later of now and the date of what was just taken: a clock that is behind hides nothing. */
  private Instant settled(StoredSnapshot taken) {
    Instant now = context.clock().instant();
    return taken.id().time().isAfter(now) ? taken.id().time() : now;
  }

  private List<Alarm> raise(
      Manifest before, RemoteSnapshot last, StoredSnapshot taken, Manifest now) throws IOException {
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "compare with an earlier history")) {
      return new Guard(settings.guard(), store)
          .comparePredecessor(before, name(last), last.id(), now, taken.id());
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
