package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.util.List;

/**
 * A plan together with what carries it out.
 *
 * @param items the snapshot's databases to unpack, in the plan's order
 */
record Prepared(
    RestorePlan plan,
    StoredSnapshot snapshot,
    SnapshotContents contents,
    List<SnapshotContents.Item> items) {
  Prepared {
    items = List.copyOf(items);
  }
}
