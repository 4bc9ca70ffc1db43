package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.migration.Ladder;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.util.List;
import java.util.Map;

/**
 * A plan together with what carries it out.
 *
 * @param items the snapshot's databases to unpack, in the plan's order
 * @param ladders by logical name, of the databases that are migrated once they are unpacked
 */
record PreparedRestore(
    RestorePlan plan,
    StoredSnapshot snapshot,
    SnapshotContents contents,
    List<SnapshotContents.Item> items,
    Map<String, Ladder> ladders) {
  PreparedRestore {
    ladders = Map.copyOf(ladders);
    items = List.copyOf(items);
  }
}
