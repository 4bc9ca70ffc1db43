package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.runs.LastGood;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Where another copy of a snapshot should be, by what runs wrote down; asks no remote. */
record GoodCopies(Path backupsDir, InstantSource clock) {

  /** What to do about a snapshot that is damaged here; the original's are never pushed. */
  String next(StoredSnapshot snapshot) {
    SnapshotId id = snapshot.id();
    return (snapshot.isOriginal() ? Optional.<String>empty() : holder(id))
        .map(
            remote ->
                "%s should have a good copy: `wb-backup pull %s --from %s` puts it here in its place."
                    .formatted(remote, id, remote))
        .orElse(
            "`wb-backup list --remote` shows whether another place has it; else choose another"
                + " snapshot.");
  }

  /** The remote that was left as it should be last, if that was after the snapshot. */
  private Optional<String> holder(SnapshotId id) {
    Map<String, LastGood> good =
        LastRun.read(backupsDir, "", clock.instant())
            .record()
            .map(RunRecord::remotesLastGood)
            .orElse(Map.of());
    return good.entrySet().stream()
        .filter(remote -> !remote.getValue().at().isBefore(id.time()))
        .max(Comparator.comparing(remote -> remote.getValue().at()))
        .map(Map.Entry::getKey);
  }
}
