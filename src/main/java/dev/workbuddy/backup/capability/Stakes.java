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
   * @param rowsNow how many it has
   * @param lost rows that are there now and would not be afterwards
   * @param reverted rows that would get older values back
   * @param returning rows that are not there now and would be afterwards
   */
  public record Loss(
      String database, String table, long rowsNow, long lost, long reverted, long returning) {}

  /** A question with nothing to count. */
  static Stakes of(String question) {
    return new Stakes(question, null, List.of(), List.of());
  }
}
