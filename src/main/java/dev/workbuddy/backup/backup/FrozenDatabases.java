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
import java.util.Optional;

/**
 * All vital databases, held at one instant. Everything slow (opening, reading schemas) happens
 * before; the freezing itself is one short read for each database, one right after the other.
 */
final class FrozenDatabases implements AutoCloseable {
  /** One database that is there. */
  record Frozen(VitalDatabase vital, Path file, LiveDatabase live) {}

  private final List<Frozen> frozen = new ArrayList<>();
  private final List<Unfrozen> unfrozen = new ArrayList<>();
  private final List<Manifest.Missing> missing = new ArrayList<>();

  private FrozenDatabases() {}

  /** One that was opened and could not be frozen. */
  record Unfrozen(VitalDatabase vital, Path file, DatabaseProblem problem) {}

  /** One that could not be opened so far. */
  private record Unusable(VitalDatabase vital, SeenFile seen, DatabaseProblem problem) {}

  /**
   * Opens and freezes what can be; the rest is noted as missing, with its reason. What may be
   * usable in a moment is looked at again before anything is frozen: nobody waits meanwhile.
   */
  static FrozenDatabases open(
      List<VitalDatabase> databases, Path dbDir, Duration busyTimeout, SecondLooks looks)
      throws InterruptedException {
    FrozenDatabases all = new FrozenDatabases();
    try {
      all.openAll(databases, dbDir, busyTimeout, looks);
      all.freezeAll();
      return all;
    } catch (RuntimeException | Error | InterruptedException e) {
      all.close();
      throw e;
    }
  }

  static Manifest.Missing missing(VitalDatabase vital, DatabaseProblem problem) {
    return new Manifest.Missing(
        vital.name(), vital.path(), problem.kind().word(), problem.detail());
  }

  private void openAll(
      List<VitalDatabase> databases, Path dbDir, Duration busyTimeout, SecondLooks looks)
      throws InterruptedException {
    List<Unusable> left = new ArrayList<>();
    for (VitalDatabase vital : databases) {
      Path file = vital.in(dbDir);
      openOne(vital, file, busyTimeout)
          .ifPresent(problem -> left.add(new Unusable(vital, new SeenFile(file), problem)));
    }
    boolean again = left.stream().anyMatch(one -> looks.mayPass(one.vital(), one.problem()));
    for (Duration pause : again ? SecondLooks.PAUSES : List.<Duration>of()) {
      if (left.stream().anyMatch(one -> looks.mayPass(one.vital(), one.problem()))) {
        looks.waiting().sleep(pause);
        openAgain(left, dbDir, busyTimeout);
      }
    }
    left.forEach(one -> missing.add(missing(one.vital(), one.seen().told(one.problem()))));
  }

  /** Where one is waited for, the others are looked at again as well: that costs nothing more. */
  private void openAgain(List<Unusable> left, Path dbDir, Duration busyTimeout) {
    for (Unusable one : List.copyOf(left)) {
      if (SecondLooks.goesOn(one.problem())) {
        one.seen().look();
        left.remove(one);
        openOne(one.vital(), one.vital().in(dbDir), busyTimeout)
            .ifPresent(problem -> left.add(new Unusable(one.vital(), one.seen(), problem)));
      }
    }
  }

  /** Why it could not be opened; empty where it was. */
  private Optional<DatabaseProblem> openOne(VitalDatabase vital, Path file, Duration busyTimeout) {
    try {
      frozen.add(new Frozen(vital, file, LiveDatabase.open(file, busyTimeout)));
      return Optional.empty();
    } catch (UnusableDatabaseException e) {
      return Optional.of(e.problem());
    }
  }

  private void freezeAll() {
    List<Frozen> unusable = new ArrayList<>();
    for (Frozen database : frozen) {
      try {
        database.live().freeze();
      } catch (UnusableDatabaseException e) {
        unfrozen.add(new Unfrozen(database.vital(), database.file(), e.problem()));
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

  List<Unfrozen> unfrozen() {
    return List.copyOf(unfrozen);
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
