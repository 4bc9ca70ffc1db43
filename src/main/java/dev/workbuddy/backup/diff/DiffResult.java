package dev.workbuddy.backup.diff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two states of the data differ.
 *
 * @param before a snapshot's id
 * @param after a snapshot's id, or {@code live}
 * @param databases those that both have
 * @param warnings what could not be compared, and why
 * @param output where every differing row was written; null where nobody asked
 * @param complete whether everything was compared that was asked for
 */
public record DiffResult(
    String before,
    String after,
    List<DatabaseDiff> databases,
    List<String> warnings,
    @Nullable Path output,
    @JsonIgnore boolean complete)
    implements Outcome {
  public DiffResult {
    databases = List.copyOf(databases);
    warnings = List.copyOf(warnings);
  }

  /** One database, by its logical name. */
  public record DatabaseDiff(String database, List<SchemaChange> schema, List<TableDiff> tables) {}

  /**
   * One table.
   *
   * @param before how many rows; null where there is no such table, as {@code after}
   * @param rows null where rows were not compared
   */
  public record TableDiff(
      String table, @Nullable Long before, @Nullable Long after, @Nullable RowsDiff rows) {

    /** Whether anything differs, as far as was looked. */
    public boolean differs() {
      return before == null || !before.equals(after) || (rows != null && rows.total() > 0);
    }
  }

  /**
   * The rows of one table.
   *
   * @param keyed whether rows were told apart by their primary key; otherwise they were counted by
   *     content, and none can be called changed
   * @param uncompared columns that only one side has
   * @param changes the first of them
   * @param leftOut how many more there are
   */
  public record RowsDiff(
      boolean keyed,
      long added,
      long removed,
      long changed,
      List<String> uncompared,
      List<RowChange> changes,
      long leftOut) {

    @JsonIgnore
    public long total() {
      return added + removed + changed;
    }
  }

  @Override
  public Status status() {
    return complete ? Status.DONE : Status.INCOMPLETE;
  }
}
