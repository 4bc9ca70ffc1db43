package dev.workbuddy.backup.rescue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.SqlValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came back, or would.
 *
 * @param snapshotId where the rows come from
 * @param dryRun whether nothing was changed
 * @param snapshotBefore the snapshot that was taken first; null where nothing was changed
 * @param databases those with tables that both sides have
 * @param left those that could not be used, and were left as they are
 * @param closedAlarms open until what they tell of was brought back by this
 * @param warnings what the user should know
 */
public record RescueResult(
    String snapshotId,
    boolean dryRun,
    @Nullable String snapshotBefore,
    List<DatabaseRescue> databases,
    List<LeftDatabase> left,
    List<Alarm> closedAlarms,
    List<String> warnings)
    implements Outcome {
  public RescueResult {
    closedAlarms = List.copyOf(closedAlarms);
    databases = List.copyOf(databases);
    left = List.copyOf(left);
    warnings = List.copyOf(warnings);
  }

  /** This result with the alarms that it closed, and more that the user should know. */
  public RescueResult ended(List<Alarm> closed, List<String> more) {
    return new RescueResult(
        snapshotId,
        dryRun,
        snapshotBefore,
        databases,
        left,
        closed,
        Stream.concat(warnings.stream(), more.stream()).toList());
  }

  /**
   * One database, by its logical name.
   *
   * @param tables parents first
   * @param recreated what was dropped and is made again
   */
  public record DatabaseRescue(
      String database, List<TableRescue> tables, List<LeftOut> leftOut, List<Recreated> recreated) {

    /** Whether there is anything to bring back. */
    boolean finds() {
      return !recreated.isEmpty()
          || tables.stream().anyMatch(t -> t.missing() > 0 || t.overwrites());
    }

    /** How many rows are missing of tables that are left out, as far as anybody can tell. */
    long outOfReach() {
      return leftOut.stream().mapToLong(LeftOut::known).sum();
    }

    /** Whether none of the snapshot's tables is there any more, though some had rows. */
    boolean isEmptied() {
      return tables.isEmpty() && outOfReach() > 0;
    }
  }

  /**
   * One table.
   *
   * @param missing how many rows the snapshot has and the live table lacks
   * @param changed how many rows are there but differ; null where nobody looked
   * @param overwrites whether those become what they were, too
   * @param restored how many rows came back; 0 in a dry run
   * @param overwritten how many rows became what they were; 0 in a dry run
   * @param replaced how many newer rows gave way to those that came back
   * @param conflicts how many of the missing have a unique value that a newer row has
   * @param replaces whether those come back, too
   * @param doubtful how many of the missing have no key and stay away, as another row has their
   *     number by now, which may be a newer form of them
   * @param orphans how many of the missing or changed are left out, as the rows that they refer to
   *     are neither there nor come back
   * @param forbidden how many of the missing the live schema does not allow
   * @param onlyInSnapshot columns whose values have no place any more
   * @param onlyLive columns that take their default in rows that come back
   * @param samples the first that come back
   * @param conflicting the first of the conflicts
   * @param orphaned the first of those left out
   * @param forbidding the first of those that are not allowed
   */
  public record TableRescue(
      String table,
      long missing,
      @Nullable Long changed,
      boolean overwrites,
      long restored,
      long overwritten,
      long replaced,
      long conflicts,
      boolean replaces,
      long doubtful,
      long orphans,
      long forbidden,
      List<String> onlyInSnapshot,
      List<String> onlyLive,
      List<Map<String, SqlValue>> samples,
      List<Conflict> conflicting,
      List<Orphan> orphaned,
      List<Forbidden> forbidding) {

    /** How many of the missing would come back. */
    public long coming() {
      return missing - (replaces ? 0 : conflicts) - doubtful - orphans - forbidden;
    }

    boolean isWhole() {
      return restored == missing && (!overwrites || changed == null || overwritten == changed);
    }
  }

  /** A row and the unique index in which a live row has its place. */
  public record Conflict(String index, Map<String, SqlValue> row) {}

  /** A row that the live schema does not allow, and what SQLite says of it. */
  public record Forbidden(String rule, Map<String, SqlValue> row) {}

  /** A row, and the table that has no parent for it. */
  public record Orphan(String parent, Map<String, SqlValue> row) {}

  /**
   * A table that takes no part.
   *
   * @param reason why
   * @param hint what helps, or where its rows are to be seen
   * @param missing how many rows fewer the live table has; null where nobody can tell
   */
  public record LeftOut(String table, String reason, String hint, @Nullable Long missing) {
    private long known() {
      return missing == null ? 0 : missing;
    }
  }

  /**
   * A part of the schema that was dropped and is made again.
   *
   * @param type {@code table}, {@code index}, {@code view} or {@code trigger}
   * @param table the table or view that it belongs to
   */
  public record Recreated(String type, String name, String table) {
    boolean isTable(String wanted) {
      return type.equals("table") && Sql.isSameName(name, wanted);
    }
  }

  /**
   * A database that takes no part, by its logical name, and why.
   *
   * @param missing how many of the snapshot's rows it lacks; null where nobody could look
   */
  public record LeftDatabase(
      String database, ErrorCode code, String reason, String hint, @Nullable Long missing) {}

  /** How many rows of the snapshot are missing, as far as is known, that a rescue leaves out. */
  public long outOfReach() {
    long ofTables = databases.stream().mapToLong(DatabaseRescue::outOfReach).sum();
    return ofTables + left.stream().mapToLong(RescueResult::missing).sum();
  }

  private static long missing(LeftDatabase database) {
    return database.missing() == null ? 0 : database.missing();
  }

  /** The databases of which only a restore brings back what is missing. */
  public List<String> toRestore() {
    return Stream.concat(
            databases.stream().filter(DatabaseRescue::isEmptied).map(DatabaseRescue::database),
            left.stream().filter(database -> missing(database) > 0).map(LeftDatabase::database))
        .sorted()
        .toList();
  }

  /** Whether something is left out of which nobody can tell if rows of it are missing. */
  @JsonIgnore
  public boolean isUncertain() {
    return databases.stream()
        .flatMap(database -> database.leftOut().stream())
        .anyMatch(table -> table.missing() == null);
  }

  /** What is left out is not done; a dry run is, unless it could not look or reach all. */
  @Override
  public Status status() {
    boolean whole =
        databases.stream()
            .allMatch(database -> database.tables().stream().allMatch(TableRescue::isWhole));
    return left.isEmpty() && outOfReach() == 0 && !isUncertain() && (dryRun || whole)
        ? Status.DONE
        : Status.INCOMPLETE;
  }
}
