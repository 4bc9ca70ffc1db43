package dev.workbuddy.backup.web;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.DataBackupList;
import dev.workbuddy.backup.capability.DataBackupShow;
import dev.workbuddy.backup.capability.SnapshotList;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each snapshot counted, for curves over time. */
final class RowHistory {
  private final Capabilities capabilities;

  /**
   * One snapshot's counts.
   *
   * @param sizes bytes of each database
   * @param rows rows of each table of each database
   */
  record Point(
      SnapshotId id, Instant at, Map<String, Long> sizes, Map<String, Map<String, Long>> rows) {}

  /**
   * All of them, oldest first.
   *
   * @param unread the snapshots whose counts cannot be read
   */
  record All(List<Point> points, List<SnapshotId> unread) {}

  RowHistory(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  void answer(Context context) throws IOException, InterruptedException {
    SnapshotList list =
        capabilities.dataBackupList().call(new DataBackupList.Parameters(false), Progress.silent());
    List<Point> points = new ArrayList<>();
    List<SnapshotId> unread = new ArrayList<>();
    for (SnapshotList.Entry entry : list.snapshots().reversed()) {
      point(entry.id()).ifPresentOrElse(points::add, () -> unread.add(entry.id()));
    }
    Api.json(context, 200, new All(points, unread));
  }

  /** Empty for one that was deleted meanwhile, or cannot be read. */
  private Optional<Point> point(SnapshotId id) throws InterruptedException {
    try {
      Manifest manifest =
          capabilities
              .dataBackupShow()
              .call(new DataBackupShow.Parameters(id.toString()), Progress.silent())
              .manifest();
      return Optional.ofNullable(manifest)
          .map(it -> new Point(id, id.time(), sizes(it), it.rowCounts()));
    } catch (BackupException | IOException gone) {
      return Optional.empty();
    }
  }

  private static Map<String, Long> sizes(Manifest manifest) {
    return manifest.databases().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().bytes()));
  }
}
