package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.snapshot.Manifest;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What came of copying and packing all databases.
 *
 * @param databases those inside the tarball
 * @param missing those that could not be saved, with their reasons
 */
record PackResult(List<PackedDatabase> databases, List<Manifest.Missing> missing) {
  PackResult {
    databases = List.copyOf(databases);
    missing = List.copyOf(missing);
  }

  /** How far apart the databases' points in time are, in milliseconds, rounded up. */
  long skewMillis() {
    var points =
        databases.stream()
            .mapToLong(database -> database.copy().pointInTimeNanos())
            .summaryStatistics();
    long nanos = points.getCount() == 0 ? 0 : points.getMax() - points.getMin();
    return TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
  }
}
