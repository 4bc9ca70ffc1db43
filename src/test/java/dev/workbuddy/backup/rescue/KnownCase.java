package dev.workbuddy.backup.rescue;

import java.util.List;
import java.util.Map;

/**
 * A small database that went wrong once, the accident, and what a rescue must say.
 *
 * @param status how it ends: {@code DONE} or {@code INCOMPLETE}
 * @param rows how many rows each table has afterwards, as a query of one number
 * @param words what the result says somewhere
 */
record KnownCase(
    String name,
    List<String> setup,
    List<String> accident,
    String status,
    Map<String, Long> rows,
    List<String> words) {
  @Override
  public String toString() {
    return name;
  }
}
