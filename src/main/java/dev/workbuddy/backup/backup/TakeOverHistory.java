package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The use case of going on with the history of a data root that is lost: from now on its snapshots
 * count as this one's, here and on every remote, for retention as well.
 */
public final class TakeOverHistory {
  private final Settings settings;
  private final LocalStore store;
  private final IdentityFile file;

  public TakeOverHistory(Settings settings) {
    this.settings = settings;
    this.store = new LocalStore(settings.backupsDir());
    this.file = new IdentityFile(settings.backupsDir());
  }

  /** What {@link #run} would do; changes nothing. */
  public TakenOver plan(String snapshot) throws IOException {
    return plan(find(snapshot));
  }

  /**
   * Takes it over.
   *
   * @param snapshot one of that history that is here
   * @throws BackupException {@code snapshot-of-another} where it does not say whose it is
   */
  public TakenOver run(String snapshot) throws IOException {
    DataRoot.prepare(settings);
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "take over a history")) {
      Lost lost = find(snapshot);
      TakenOver plan = plan(lost);
      if (plan.own()) {
        return plan.done(List.of());
      }
      Optional<String> aside =
          file.write(
              file.read()
                  .map(known -> known.goingOnWith(lost.identity()))
                  .orElseGet(() -> new Identity(lost.identity(), List.of(), null)));
      return plan.done(aside.stream().toList());
    }
  }

  /** A history by one of its snapshots. */
  private record Lost(StoredSnapshot snapshot, String host, String identity) {}

  private Lost find(String text) throws IOException {
    StoredSnapshot found = new SnapshotFinder(store).find(text);
    Manifest manifest = found.manifest();
    String identity = manifest == null ? null : manifest.identity();
    if (manifest == null || identity == null) {
      throw nobodys(found);
    }
    return new Lost(found, manifest.host(), identity);
  }

  private TakenOver plan(Lost lost) {
    StoredSnapshot snapshot = lost.snapshot();
    return new TakenOver(
        true,
        snapshot.id().toString(),
        lost.host(),
        Identity.markOf(lost.identity()),
        file.ownership().test(snapshot),
        List.of());
  }

  private static BackupException nobodys(StoredSnapshot snapshot) {
    return new BackupException(
        ErrorCode.SNAPSHOT_OF_ANOTHER,
        snapshot.id() + " does not say whose history it is of: an earlier version took it",
        "It can be restored all the same; no sweep deletes its copies elsewhere.");
  }
}
