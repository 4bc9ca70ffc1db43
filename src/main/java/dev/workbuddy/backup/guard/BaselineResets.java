package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the guard that databases were put back on purpose, so that it compares the next snapshot
 * with what was put back. Requires the run lock.
 */
public final class BaselineResets {
  private final LocalStore store;
  private final AlarmFile file;

  /** For one history. */
  public BaselineResets(LocalStore store) {
    this.store = store;
    this.file = new AlarmFile(store.directory());
  }

  /**
   * A snapshot took the place of live databases, given by logical name. Alarms about what is back
   * with it are closed.
   *
   * @return what the user should know where that could not be written down; it is no reason to fail
   */
  public List<String> restored(StoredSnapshot snapshot, Collection<String> databases, Instant at) {
    Repairs repairs = Repairs.byRestore(snapshot, databases, at);
    return write(
        log ->
            repairs.in(
                restarted(log, databases, at, name -> History.state(snapshot, name).orElse(null))));
  }

  /**
   * A rescue brought rows back. Alarms about what is back with them are closed.
   *
   * @param snapshot where they came from
   * @param rows of each table of each database, as they are now in the live ones
   * @return as for {@link #restored}
   */
  public List<String> rescued(String snapshot, Map<String, Map<String, Long>> rows, Instant at) {
    return write(
        log ->
            Repairs.byRescue(snapshot, rows, store, at)
                .in(log)
                .restarted(mended(snapshot, rows, new History(store.list()), log, at)));
  }

  private static @Nullable BaselineReset whole(@Nullable BaselineReset reset) {
    return reset == null ? null : reset.whole();
  }

  /** What was counted after a rescue is what the next snapshot has to show. */
  private static Map<String, BaselineReset> mended(
      String snapshot,
      Map<String, Map<String, Long>> rows,
      History history,
      AlarmLog log,
      Instant at) {
    Map<String, BaselineReset> mended = new HashMap<>();
    rows.forEach(
        (name, counts) ->
            history.of(name).stream()
                .findFirst()
                .map(state -> state.counted(snapshot, at, counts))
                .ifPresent(
                    state ->
                        mended.put(
                            name,
                            new BaselineReset(at, state, whole(log.restarts().get(name)), true))));
    return mended;
  }

  /**
   * A restore was taken back: the databases are again what they were before it. Alarms that it had
   * closed are open again.
   *
   * @param restoredAt when that restore was; empty where unknown
   * @return as for {@link #restored}, and which alarms are open again
   */
  public List<String> rolledBack(
      Collection<String> databases, Optional<Instant> restoredAt, Instant at) {
    return write(
        log -> {
          List<StoredSnapshot> before = new ArrayList<>(store.list());
          before.removeIf(
              snapshot -> restoredAt.isEmpty() || !snapshot.id().time().isBefore(restoredAt.get()));
          History history = new History(before);
          AlarmLog known =
              restarted(log, databases, at, name -> stateBefore(name, log, history, restoredAt));
          return restoredAt.isEmpty()
              ? known
              : known.withEach(alarm -> Repairs.undone(alarm, databases, restoredAt.get()));
        });
  }

  /** The last that was known of a database then: a snapshot, or what had been put back before. */
  private static @Nullable DatabaseState stateBefore(
      String database, AlarmLog log, History history, Optional<Instant> restoredAt) {
    Optional<DatabaseState> snapshot = history.of(database).stream().findFirst();
    BaselineReset earlier =
        restoredAt
            .map(moment -> BaselineReset.before(log.restarts().get(database), moment))
            .orElse(null);
    if (earlier == null
        || snapshot.filter(state -> state.at().isAfter(earlier.since())).isPresent()) {
      return snapshot.orElse(null);
    }
    return earlier.state();
  }

  private static AlarmLog restarted(
      AlarmLog log,
      Collection<String> databases,
      Instant at,
      Function<String, @Nullable DatabaseState> state) {
    Map<String, BaselineReset> restarts = new HashMap<>();
    databases.forEach(
        name ->
            restarts.put(
                name, new BaselineReset(at, state.apply(name), log.restarts().get(name), null)));
    return log.restarted(restarts);
  }

  @FunctionalInterface
  private interface Change {
    AlarmLog of(AlarmLog log) throws IOException;
  }

  private List<String> write(Change change) {
    try {
      AlarmLog before = file.read();
      AlarmLog after = change.of(before);
      file.write(after);
      return Repairs.reopened(before, after);
    } catch (IOException e) {
      return untold(e);
    }
  }

  private static List<String> untold(IOException e) {
    return List.of(
        "cannot write the guard's new baseline, so the next snapshot may raise an alarm:  "
            + e.getMessage());
  }
}
