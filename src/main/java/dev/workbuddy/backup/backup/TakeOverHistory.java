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
    StoredSnapshot found = new SnapshotFinder(store).find(snapshot);
    Manifest manifest =
        found
            .readManifest()
            .filter(read -> read.identity() != null)
            .orElseThrow(() -> nobodys(found));
    boolean own = file.read().filter(identity -> identity.owns(found)).isPresent();
    return new TakenOver(
        true, found.id().toString(), manifest.host(), mark(manifest), own, List.of());
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
      TakenOver plan = plan(snapshot);
      if (plan.own()) {
        return plan.done(List.of());
      }
      String identity =
          new SnapshotFinder(store)
              .find(snapshot)
              .readManifest()
              .map(Manifest::identity)
              .orElseThrow();
      Optional<String> aside =
          file.write(
              file.read()
                  .map(known -> known.goingOnWith(identity))
                  .orElseGet(() -> new Identity(identity, List.of(), null)));
      return plan.done(aside.stream().toList());
    }
  }

  private static String mark(Manifest manifest) {
    return Optional.ofNullable(manifest.identity()).map(Identity::markOf).orElse("");
  }

  private static BackupException nobodys(StoredSnapshot snapshot) {
    return new BackupException(
        ErrorCode.SNAPSHOT_OF_ANOTHER,
        snapshot.id() + " does not say whose history it is of: an earlier version took it",
        "It can be restored all the same; no sweep deletes its copies elsewhere.");
  }
}
