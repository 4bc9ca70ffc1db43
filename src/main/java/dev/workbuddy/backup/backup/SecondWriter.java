package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.SharedHistory;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.runs.RunHistory;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another data root that goes on with this one's history: a copy of it, or the one that it was
 * taken over from. A copy elsewhere tells, that carries this history's mark and was not taken here.
 */
final class SecondWriter {
  private final Settings settings;
  private final LocalStore store;

  SecondWriter(Settings settings) {
    this.settings = settings;
    this.store = new LocalStore(settings.backupsDir());
  }

  /** Raises an alarm where a listing shows one. */
  void look(RemoteListing listing, String remote, Instant now) throws IOException {
    Optional<RemoteSnapshot> strange = strange(listing, now);
    if (strange.isPresent()) {
      SnapshotId id = strange.get().id();
      try (RunLock _ = RunLock.acquire(settings.lockFile(), "look for another data root")) {
        new SharedHistory(store)
            .raise(
                "%s in %s is of this history, but was not taken here: another data root goes on with it, or this one was put back from an older copy of itself"
                    .formatted(id, remote),
                id,
                now);
      }
    }
  }

  /** What is here is known at a glance; the record of runs is read for the rest alone. */
  private Optional<RemoteSnapshot> strange(RemoteListing listing, Instant now) throws IOException {
    Instant settled = new SharedHistory(store).settledAt();
    Instant since =
        new IdentityFile(store.directory()).read().map(Identity::since).orElse(Instant.MAX);
    List<RemoteSnapshot> absent =
        listing.ours().stream()
            .filter(copy -> copy.id().time().isAfter(since))
            .filter(copy -> copy.id().time().isAfter(settled))
            .filter(copy -> !RetentionRules.isDatedAhead(copy.id(), now))
            .filter(copy -> !isHere(copy.id()))
            .toList();
    return absent.isEmpty() ? Optional.empty() : ofNoRun(absent);
  }

  private boolean isHere(SnapshotId id) {
    return Files.isDirectory(store.directory().resolve(id.toString()));
  }

  /** Those from before the first run that is remembered may have been taken here. */
  private Optional<RemoteSnapshot> ofNoRun(List<RemoteSnapshot> copies) throws IOException {
    List<RunRecord> runs = new RunHistory(store.directory()).read();
    Instant remembered =
        runs.stream().map(RunRecord::startedAt).min(Instant::compareTo).orElse(Instant.MIN);
    Set<String> taken = new HashSet<>();
    runs.stream().map(RunRecord::snapshotId).forEach(taken::add);
    return copies.stream()
        .filter(copy -> copy.id().time().isAfter(remembered))
        .filter(copy -> !taken.contains(copy.id().toString()))
        .findFirst();
  }
}
