package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.config.GuardSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Compares a database with its past. A pure function of what it is given. */
final class Comparison {
  private final GuardSettings settings;

  Comparison(GuardSettings settings) {
    this.settings = settings;
  }

  /**
   * What came of it.
   *
   * @param findings what looks lost
   * @param notes what is gone and yet no accident, in sentences
   */
  record Result(List<Finding> findings, List<String> notes) {
    static final Result NOTHING = new Result(List.of(), List.of());

    Result {
      findings = List.copyOf(findings);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Compares.
   *
   * @param past earlier states, newest first; without any this is a first look, which finds nothing
   * @param from the moment from which on a table's past counts
   */
  Result compare(
      String database,
      DatabaseState now,
      List<DatabaseState> past,
      Function<String, Instant> from) {
    if (past.isEmpty()) {
      return Result.NOTHING;
    }
    DatabaseState last = past.getFirst();
    Optional<String> other = replaced(last, now);
    if (other.isPresent()) {
      AlarmKind kind = AlarmKind.DATABASE_REPLACED;
      return new Result(
          List.of(Finding.ofDatabase(kind, database, last.snapshot(), other.get())), List.of());
    }
    List<Finding> findings = new ArrayList<>(older(database, now, past));
    List<String> notes = new ArrayList<>();
    for (String table : last.rows().keySet()) {
      Instant since = from.apply(table);
      List<DatabaseState> counting =
          past.stream().filter(state -> !state.at().isBefore(since)).toList();
      if (!counting.isEmpty() && counting.getFirst().rows().containsKey(table)) {
        TableComparison look =
            new TableComparison(database, table, now, counting, settings.limits(database, table));
        look.finding().ifPresent(findings::add);
        look.note().ifPresent(notes::add);
      }
    }
    return new Result(findings, notes);
  }

  private List<Finding> older(String database, DatabaseState now, List<DatabaseState> past) {
    return new OlderFile(now, past, settings.standard().minRows())
            .sign()
            .map(
                sign ->
                    Finding.ofDatabase(
                        AlarmKind.DATABASE_WENT_BACK, database, past.getFirst().snapshot(), sign))
            .stream()
            .toList();
  }

  /** What tells that another database has taken the place of this one; empty where nothing does. */
  static Optional<String> replaced(DatabaseState before, DatabaseState now) {
    Integer was = before.applicationId();
    if (was != null && was != 0 && !Objects.equals(was, now.applicationId())) {
      return Optional.of(
          "is another database: its application_id was %d and is %d"
              .formatted(was, now.applicationId()));
    }
    if (now.schemaVersion() < before.schemaVersion()) {
      return Optional.of(
          "is another database, or an older one: its schema version was %d and is %d"
              .formatted(before.schemaVersion(), now.schemaVersion()));
    }
    return strange(before, now);
  }

  /** A migration may drop tables, but hardly most of several; without one not all go at once. */
  private static Optional<String> strange(DatabaseState before, DatabaseState now) {
    Set<String> had = before.filled();
    long gone = had.stream().filter(table -> !now.rows().containsKey(table)).count();
    boolean migrated = now.schemaVersion() > before.schemaVersion();
    boolean most = migrated ? gone > 1 && gone * 2 > had.size() : gone > 1 && gone == had.size();
    return most
        ? Optional.of(
            "is another database, or was emptied: %d of its %d tables with rows are gone"
                .formatted(gone, had.size()))
        : Optional.empty();
  }
}
