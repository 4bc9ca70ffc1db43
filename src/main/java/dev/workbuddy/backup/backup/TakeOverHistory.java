package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.folder.PlaceMemory;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The use case of going on with the history of a data root that is lost: from now on its snapshots
 * count as this one's, here and on every remote, for retention as well. And the opposite: a copy of
 * a data root that lives gets a history of its own.
 */
public final class TakeOverHistory {
  private final Settings settings;
  private final LocalStore store;
  private final IdentityFile file;
  private final Identities identities;
  private final InstantSource clock;

  public TakeOverHistory(Settings settings, Machine machine) {
    this.settings = settings;
    this.identities = new Identities(settings, machine);
    this.clock = machine.clock();
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
      Identity known = identities.ensure(new ArrayList<>());
      Optional<String> aside =
          file.write(known.goingOnWith(lost.identity(), last(lost.identity()), clock.instant()));
      return plan.done(aside.stream().toList());
    }
  }

  /** What is known of how far that history got. */
  private long last(String identity) throws IOException {
    return store.list().stream()
        .flatMap(snapshot -> snapshot.readManifest().stream())
        .filter(manifest -> identity.equals(manifest.identity()))
        .map(Manifest::sequence)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** What {@link #part} would do; changes nothing. */
  public TakenOver planParting() {
    return TakenOver.apart(true, settings.dataRoot().toString(), "", List.of());
  }

  /**
   * Gives this data root a history of its own. The snapshots that are here stay, as another
   * history's; their copies elsewhere are left to the data root that they are of.
   */
  public TakenOver part() throws IOException {
    DataRoot.prepare(settings);
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "begin a history")) {
      Identity begun = identities.begin();
      PlaceMemory.in(settings.backupsDir()).expectNone();
      Optional<String> aside = file.write(begun);
      return TakenOver.apart(
          false, settings.dataRoot().toString(), begun.mark(), aside.stream().toList());
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
        false,
        List.of());
  }

  private static BackupException nobodys(StoredSnapshot snapshot) {
    return new BackupException(
        ErrorCode.SNAPSHOT_OF_ANOTHER,
        snapshot.id() + " does not say whose history it is of: an earlier version took it",
        "It can still be restored; no sweep deletes its copies elsewhere.");
  }
}
