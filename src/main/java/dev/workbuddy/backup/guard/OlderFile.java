package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out whether an older file of the same database has taken its place: what was written since
 * is gone then, however few rows that is.
 *
 * @param past earlier states, the one that was taken last first; not empty
 * @param minimum how far rowids have to fall before they tell anything
 */
record OlderFile(DatabaseState now, List<DatabaseState> past, int minimum) {

  /** What tells it, in words that go on from the database's name; empty where nothing does. */
  Optional<String> sign() {
    return sameBytes()
        .or(this::fallenSequence)
        .or(this::fallenRowids)
        .map(sign -> "went back: " + sign);
  }

  private DatabaseState last() {
    return past.getFirst();
  }

  /** A value that was changed and changed back may leave the same bytes; no row is gone then. */
  private Optional<String> sameBytes() {
    String bytes = now.sha256();
    return bytes == null || bytes.equals(last().sha256()) || !hasFewerRows()
        ? Optional.empty()
        : past.stream()
            .filter(state -> bytes.equals(state.sha256()))
            .findFirst()
            .map(older -> "it is byte for byte what it was in " + older.snapshot());
  }

  private boolean hasFewerRows() {
    return last().rows().entrySet().stream()
        .anyMatch(table -> now.rows().getOrDefault(table.getKey(), 0L) < table.getValue());
  }

  /** SQLite never takes such a number back; a program that empties a table may. */
  private Optional<String> fallenSequence() {
    Map<String, Long> before = marks(last()).sequences();
    return new TreeMap<>(marks(now).sequences())
        .entrySet().stream()
            .filter(mark -> now.rows().getOrDefault(mark.getKey(), 0L) > 0)
            .filter(mark -> mark.getValue() < before.getOrDefault(mark.getKey(), 0L))
            .findFirst()
            .map(mark -> fallen(mark, before.getOrDefault(mark.getKey(), 0L)));
  }

  private String fallen(Map.Entry<String, Long> mark, long before) {
    return "the last number given out in %s was %s in %s and is %s"
        .formatted(
            mark.getKey(),
            AlarmText.number(before),
            last().snapshot(),
            AlarmText.number(mark.getValue()));
  }

  /**
   * The newest rows of every table that had grown are gone, and nowhere has one come. Somebody may
   * delete the newest rows of one table; of all tables at once that is most unlikely.
   */
  private Optional<String> fallenRowids() {
    Set<String> grown = new TreeSet<>();
    if (!marks(last()).rowids().keySet().containsAll(marks(now).rowids().keySet())) {
      return Optional.empty();
    }
    long fallen = 0;
    for (Map.Entry<String, Long> entry : marks(last()).rowids().entrySet()) {
      String table = entry.getKey();
      long mark = marks(now).rowids().getOrDefault(table, 0L);
      boolean grew = hasGrown(table, entry.getValue());
      if (mark > entry.getValue() || (grew && mark == entry.getValue())) {
        return Optional.empty();
      }
      if (grew) {
        grown.add(table);
        fallen += entry.getValue() - mark;
      }
    }
    return grown.size() > 1 && fallen >= minimum
        ? Optional.of(
            "the newest rows of all tables that had grown are gone (%s)"
                .formatted(String.join(", ", grown)))
        : Optional.empty();
  }

  private boolean hasGrown(String table, long mark) {
    return last().rows().containsKey(table)
        && past.stream()
            .filter(state -> state.highMarks() != null)
            .anyMatch(state -> marks(state).rowids().getOrDefault(table, 0L) < mark);
  }

  private static Manifest.HighMarks marks(DatabaseState state) {
    return state.highMarks() == null ? Manifest.HighMarks.NONE : state.highMarks();
  }
}
