package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.guard.FetchedGood;
import dev.workbuddy.backup.guard.SnapshotSelector;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.Fetch;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFinder;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotIdMatcher;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The use case of bringing a snapshot from a remote into the local history. */
public final class PullSnapshot {
  private static final String ORIGINAL =
      "the original work-buddy wrote it, without checksums: its databases and their rows are"
          + " checked by `verify` and `restore`";

  private final Settings settings;
  private final Machine machine;

  public PullSnapshot(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
  }

  /**
   * Fetches, unless it is here already.
   *
   * @param text an id, an unambiguous beginning of one, or {@code latest}; a namespace and {@code
   *     /} may stand before it
   * @param from the name of a remote; null for the first configured one that has the snapshot
   * @throws BackupException {@code snapshot-id-invalid}, without asking a remote, for what cannot
   *     be an id; else why none of the places has it
   */
  public PullResult run(String text, @Nullable String from, Progress progress)
      throws IOException, InterruptedException {
    new SnapshotFinder(new LocalStore(settings.backupsDir())).requirePossible(text);
    Path scratch = Files.createTempDirectory("wb-backup-");
    try {
      RemoteContext context = RemoteContext.of(machine, settings, scratch);
      List<Remote> places =
          from == null
              ? Remotes.configured(settings, context)
              : List.of(Remotes.find(from, settings, context));
      Found found = find(text, places, context.namespace(), progress);
      DurableFiles.createDirectories(settings.dataRoot());
      DataRoot.prepare(settings);
      try (RunLock _ = RunLock.acquire(settings.lockFile(), "fetch a snapshot")) {
        Fetched fetched = fetch(found, text, progress);
        StoredSnapshot here = fetched.here();
        RemoteSnapshot copy = found.snapshot();
        new FetchedGood(new LocalStore(settings.backupsDir()))
            .arrived(copy.namespace() + "/" + copy.id(), here, machine.clock().instant());
        return new PullResult(
            here.id().toString(),
            found.remote().name(),
            here.directory().toString(),
            here.bytes(),
            here.isOriginal() ? ORIGINAL : null,
            fetched.passedOver());
      }
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }

  private record Fetched(StoredSnapshot here, @Nullable String passedOver) {}

  /** Where the latest proves to be damaged, the next newest is the latest that can be used. */
  private Fetched fetch(Found found, String text, Progress progress)
      throws IOException, InterruptedException {
    Fetch fetch = new Fetch(new LocalStore(settings.backupsDir()));
    boolean latest = SnapshotIdMatcher.isLatest(text);
    RemoteListing listing = found.listing();
    RemoteSnapshot snapshot = found.snapshot();
    while (true) {
      try {
        return new Fetched(
            fetch.run(found.remote(), snapshot, progress),
            latest ? passedOver(listing, found.all(), snapshot) : null);
      } catch (BackupException e) {
        if (!latest || e.code() != ErrorCode.REMOTE_DAMAGED) {
          throw e;
        }
        listing = listing.withDamaged(snapshot);
        snapshot = nextNewest(listing, text, found, e);
      }
    }
  }

  private RemoteSnapshot nextNewest(
      RemoteListing listing, String text, Found found, BackupException damage) {
    try {
      return finder(listing, found.remote(), found.namespace()).find(text);
    } catch (BackupException noOther) {
      throw damage;
    }
  }

  /**
   * What is meant.
   *
   * @param all that is there
   * @param listing the same without those that {@code latest} does not mean
   */
  private record Found(
      Remote remote,
      String namespace,
      RemoteListing all,
      RemoteListing listing,
      RemoteSnapshot snapshot) {}

  private RemoteFinder finder(RemoteListing listing, Remote remote, String namespace) {
    return new RemoteFinder(listing, remote.name(), namespace, machine.clock().instant());
  }

  private Found find(String text, List<Remote> places, String namespace, Progress progress)
      throws IOException, InterruptedException {
    BackupException last =
        new BackupException(
            ErrorCode.REMOTE_UNCONFIGURED,
            "no remote is configured",
            "Name one with --from, or set backups.github, backups.rclone or backups.directory.");
    for (Remote remote : places) {
      try {
        progress.step("looking into " + remote.name());
        RemoteListing all = remote.list().orThrow();
        RemoteListing listing =
            text.equals(SnapshotIdMatcher.LATEST) ? all.without(doubtful()) : all;
        RemoteSnapshot meant = finder(listing, remote, namespace).find(text);
        return new Found(remote, namespace, all, listing, meant);
      } catch (BackupException e) {
        last = e;
      }
    }
    throw last;
  }

  /** This history's own that show a loss, which a listing does not tell. */
  private Set<SnapshotId> doubtful() throws IOException {
    SnapshotSelector selector = new SnapshotSelector(settings.backupsDir());
    return Stream.concat(
            new LocalStore(settings.backupsDir())
                .list().stream()
                    .filter(snapshot -> selector.doubt(snapshot).isPresent())
                    .map(StoredSnapshot::id),
            Alarms.open(settings.backupsDir()).stream()
                .flatMap(alarm -> SnapshotId.parse(alarm.raisedIn()).stream()))
        .collect(Collectors.toSet());
  }

  private static @Nullable String passedOver(
      RemoteListing listing, RemoteListing all, RemoteSnapshot latest) {
    List<RemoteSnapshot> newer = RemoteFinder.passedOver(listing, latest);
    if (!newer.isEmpty()) {
      return words(newer, "is damaged or unfinished");
    }
    List<RemoteSnapshot> doubtful =
        all.ours().stream()
            .filter(copy -> copy.id().compareTo(latest.id()) > 0)
            .filter(copy -> !listing.snapshots().contains(copy))
            .toList();
    return doubtful.isEmpty() ? null : words(doubtful, "shows a loss");
  }

  private static String words(List<RemoteSnapshot> newer, String why) {
    return "the newer %s there %s and was passed over%s"
        .formatted(
            newer.getFirst().id(),
            why,
            newer.size() == 1 ? "" : ", and so were %d more".formatted(newer.size() - 1));
  }
}
