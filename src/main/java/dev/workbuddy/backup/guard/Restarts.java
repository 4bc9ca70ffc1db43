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
 * with what was put back. Open alarms stay open. Whoever uses it holds the run lock.
 */
public final class Restarts {
  private final LocalStore store;
  private final AlarmFile file;

  /** For one history. */
  public Restarts(LocalStore store) {
    this.store = store;
    this.file = new AlarmFile(store.directory());
  }

  /**
   * A snapshot took the place of live databases, given by logical name.
   *
   * @return what the user should know where that could not be written down; it is no reason to fail
   */
  public List<String> restored(StoredSnapshot snapshot, Collection<String> databases, Instant at) {
    return note(databases, at, database -> History.state(snapshot, database).orElse(null));
  }

  /**
   * A restore was taken back: the databases are again what they were before it.
   *
   * @param restoredAt when that restore was; empty where unknown
   * @return as for {@link #restored}
   */
  public List<String> rolledBack(
      Collection<String> databases, Optional<Instant> restoredAt, Instant at) {
    try {
      List<StoredSnapshot> before = new ArrayList<>(store.list());
      before.removeIf(
          snapshot -> restoredAt.isEmpty() || !snapshot.id().time().isBefore(restoredAt.get()));
      History history = new History(before);
      return note(databases, at, name -> history.of(name).stream().findFirst().orElse(null));
    } catch (IOException e) {
      return untold(e);
    }
  }

  private List<String> note(
      Collection<String> databases, Instant at, Function<String, @Nullable DatabaseState> state) {
    Map<String, Restart> restarts = new HashMap<>();
    databases.forEach(name -> restarts.put(name, new Restart(at, state.apply(name))));
    try {
      file.write(file.read().restarted(restarts));
      return List.of();
    } catch (IOException e) {
      return untold(e);
    }
  }

  private static List<String> untold(IOException e) {
    return List.of(
        "the guard could not be told, so the next snapshot may raise an alarm: " + e.getMessage());
  }
}
