package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.sqlite.DatabaseProblem;
import dev.workbuddy.backup.sqlite.LiveDatabase;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All vital databases, held at one instant. Everything slow (opening, reading schemas) happens
 * before; the freezing itself is one short read for each database, one right after the other.
 */
final class FrozenDatabases implements AutoCloseable {
  /** One database that is there. */
  record Frozen(VitalDatabase vital, Path file, LiveDatabase live) {}

  private final List<Frozen> frozen = new ArrayList<>();
  private final List<Manifest.Missing> missing = new ArrayList<>();

  private FrozenDatabases() {}

  /** Opens and freezes what can be; the rest is noted as missing, with its reason. */
  static FrozenDatabases open(List<VitalDatabase> databases, Path dbDir, Duration busyTimeout) {
    FrozenDatabases all = new FrozenDatabases();
    try {
      databases.forEach(vital -> all.openOne(vital, vital.in(dbDir), busyTimeout));
      all.freezeAll();
      return all;
    } catch (RuntimeException | Error e) {
      all.close();
      throw e;
    }
  }

  static Manifest.Missing missing(VitalDatabase vital, DatabaseProblem problem) {
    return new Manifest.Missing(
        vital.name(), vital.path(), problem.kind().word(), problem.detail());
  }

  private void openOne(VitalDatabase vital, Path file, Duration busyTimeout) {
    try {
      frozen.add(new Frozen(vital, file, LiveDatabase.open(file, busyTimeout)));
    } catch (UnusableDatabaseException e) {
      missing.add(missing(vital, e.problem()));
    }
  }

  private void freezeAll() {
    List<Frozen> unusable = new ArrayList<>();
    for (Frozen database : frozen) {
      try {
        database.live().freeze();
      } catch (UnusableDatabaseException e) {
        missing.add(missing(database.vital(), e.problem()));
        unusable.add(database);
      }
    }
    frozen.removeAll(unusable);
    unusable.forEach(database -> database.live().close());
  }

  /** In the order to copy: those that make writers wait first, then the largest first. */
  List<Frozen> inCopyOrder() {
    return frozen.stream()
        .sorted(
            Comparator.comparing((Frozen database) -> !database.live().makesWritersWait())
                .thenComparingLong(database -> -database.live().bytes()))
        .toList();
  }

  List<Manifest.Missing> missing() {
    return List.copyOf(missing);
  }

  long bytes() {
    return frozen.stream().mapToLong(database -> database.live().bytes()).sum();
  }

  @Override
  public void close() {
    frozen.forEach(database -> database.live().close());
  }
}
