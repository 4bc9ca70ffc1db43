package dev.workbuddy.backup.capability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call would cost.
 *
 * @param question what has to be agreed to
 * @param ageSeconds how old the data is that would come back; null where none would
 * @param losses tables in which something would be lost or changed
 * @param warnings what else to know, also where something could not be compared
 */
public record Stakes(
    String question, @Nullable Long ageSeconds, List<Loss> losses, List<String> warnings) {
  public Stakes {
    losses = List.copyOf(losses);
    warnings = List.copyOf(warnings);
  }

  /**
   * What one table would lose.
   *
   * @param rowsNow how many it has; null where nobody counted
   * @param lost rows that are there now and would not be afterwards
   * @param reverted rows that would get older values back
   * @param returning rows that are not there now and would be afterwards
   */
  public record Loss(
      String database,
      String table,
      @Nullable Long rowsNow,
      long lost,
      long reverted,
      long returning) {

    /** In a sentence for people. */
    public String words() {
      String rows = rowsNow == null ? "" : "of %d rows ".formatted(rowsNow);
      return "%s.%s: %s%d would be lost and %d get older values; %d would come back."
          .formatted(database, table, rows, lost, reverted, returning);
    }

    /** How many rows the call would take away or change. */
    long harm() {
      return lost + reverted;
    }
  }

  /** A question with nothing to count. */
  static Stakes of(String question) {
    return new Stakes(question, null, List.of(), List.of());
  }
}
