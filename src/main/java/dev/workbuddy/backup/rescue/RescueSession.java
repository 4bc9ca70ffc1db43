package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.rescue.RescueResult.LeftDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The databases of one rescue. One that cannot be used is left and does not stop the others; but
 * what is refused for one before anything was changed is refused for all.
 */
final class RescueSession implements AutoCloseable {
  private final Map<String, DatabaseRescuer> open = new TreeMap<>();
  private final Map<String, DatabaseRescue> found = new ConcurrentSkipListMap<>();
  private final Map<String, BackupException> left = new ConcurrentSkipListMap<>();
  private final Map<String, Long> gone = new ConcurrentSkipListMap<>();

  /** Opens a database. */
  @FunctionalInterface
  interface Opening {
    DatabaseRescuer open() throws IOException, InterruptedException;
  }

  /** Lets a database take part, if it can be opened. */
  void open(String name, Opening opening) throws IOException, InterruptedException {
    try {
      open.put(name, opening.open());
    } catch (BackupException e) {
      leave(name, e);
    }
    requireNothingRefused();
  }

  /** Leaves a database as it is; what was said of it first counts. */
  void leave(String name, BackupException why) {
    left.putIfAbsent(name, why);
  }

  /**
   * Leaves out a database that no longer exists; a warning says so, and the rescue goes on.
   *
   * @param rows how many it had
   */
  void leave(String name, BackupException why, long rows) {
    leave(name, why);
    gone.put(name, rows);
  }

  /** Those that take part. */
  Set<String> names() {
    return Set.copyOf(open.keySet());
  }

  /** Whether any of them has the table. */
  boolean know(String table) {
    return open.values().stream().anyMatch(rescue -> rescue.knows(table));
  }

  /**
   * Looks for what one database lost. Several may be searched at once.
   *
   * @param copy as for {@link DatabaseRescuer#search}
   * @param dryRun as well
   */
  void search(String name, @Nullable Path copy, boolean dryRun) {
    DatabaseRescuer rescue = open.get(name);
    if (rescue == null) {
      return;
    }
    try {
      found.put(name, rescue.search(copy, dryRun));
    } catch (BackupException e) {
      leave(name, e);
    } catch (IOException e) {
      leave(
          name,
          new BackupException(
              ErrorCode.IO_FAILED,
              name + ": " + IoMessages.of(e),
              "Nothing was changed. Check the disk and the permissions, then try again.",
              e));
    }
  }

  /** What was found, which is what a dry run tells. */
  List<DatabaseRescue> found() {
    requireNothingRefused();
    requireAny();
    return found.values().stream().filter(plan -> !left.containsKey(plan.database())).toList();
  }

  /** Brings back what was found. A database that lost nothing stays untouched. */
  List<DatabaseRescue> apply(Progress progress) throws InterruptedException {
    List<DatabaseRescue> done = new ArrayList<>();
    List<DatabaseRescue> planned = found();
    for (DatabaseRescue plan : planned) {
      DatabaseRescuer rescue = open.get(plan.database());
      try {
        done.add(rescue != null && plan.finds() ? rescue.apply(progress) : plan);
      } catch (BackupException e) {
        leave(plan.database(), e);
      }
    }
    requireOneOf(
        planned.stream()
            .filter(DatabaseRescue::finds)
            .map(DatabaseRescue::database)
            .collect(Collectors.toSet()));
    return done;
  }

  /** Refuses where all that could be opened are left. */
  void requireAny() {
    requireOneOf(open.isEmpty() ? unusable() : open.keySet());
  }

  private Set<String> unusable() {
    return gone.keySet().containsAll(left.keySet()) ? Set.of() : left.keySet();
  }

  private void requireNothingRefused() {
    for (BackupException e : left.values()) {
      if (e.code().status() == Status.REFUSED || e.code().status() == Status.USAGE) {
        throw e;
      }
    }
  }

  /** The first error says more than a result without databases. */
  private void requireOneOf(Collection<String> names) {
    if (!names.isEmpty() && left.keySet().containsAll(names)) {
      throw left.get(names.stream().sorted().findFirst().orElseThrow());
    }
  }

  /** Those that nothing came back to, and why. */
  List<LeftDatabase> left() {
    List<LeftDatabase> all = new ArrayList<>();
    left.forEach(
        (name, e) -> all.add(new LeftDatabase(name, e.code(), e.text(), e.hint(), missing(name))));
    return all;
  }

  private @Nullable Long missing(String name) {
    DatabaseRescue searched = found.get(name);
    return searched == null ? gone.get(name) : (Long) searched.outOfReach();
  }

  List<String> warnings() {
    return open.values().stream().flatMap(rescue -> rescue.warnings().stream()).toList();
  }

  @Override
  public void close() {
    open.values().forEach(DatabaseRescuer::close);
  }
}
