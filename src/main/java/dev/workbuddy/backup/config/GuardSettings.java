package dev.workbuddy.backup.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What counts as lost data.
 *
 * @param on whether snapshots are compared at all
 * @param standard the limits of tables that no rule names
 * @param tables the exceptions, in the order of the configuration
 */
public record GuardSettings(boolean on, Limits standard, List<TableRule> tables) {

  /** A table may lose all its rows, or go away: nothing is more than this. */
  public static final int EVERYTHING = 100;

  /**
   * How much a table may lose.
   *
   * @param maxShrinkPercent the part of its rows whose loss raises no alarm yet, 0 to 100
   * @param minRows tables with fewer rows than this are not judged by their rows
   */
  public record Limits(int maxShrinkPercent, int minRows) {}

  /**
   * Limits of its own for a table, or for several.
   *
   * @param table a name; {@code *} stands for any characters
   */
  public record TableRule(String database, String table, Limits limits) {
    boolean isExact() {
      return table.indexOf('*') < 0;
    }

    boolean names(String otherDatabase, String name) {
      return database.equals(otherDatabase) && pattern().matcher(name).matches();
    }

    /** As SQLite compares names: ASCII letters are the same in either case. */
    private Pattern pattern() {
      String regex = "\\Q" + table.replace("\\E", "\\E\\\\E\\Q").replace("*", "\\E.*\\Q") + "\\E";
      return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
  }

  public GuardSettings {
    tables = List.copyOf(tables);
  }

  /** More than 30 % of a table of at least 20 rows. */
  public static GuardSettings defaults() {
    return new GuardSettings(true, new Limits(30, 20), List.of());
  }

  /** A rule with the table's own name comes before those with a star; of these the first wins. */
  public Limits limits(String database, String table) {
    List<TableRule> rules = tables.stream().filter(rule -> rule.names(database, table)).toList();
    return rules.stream()
        .filter(TableRule::isExact)
        .findFirst()
        .or(() -> rules.stream().findFirst())
        .map(TableRule::limits)
        .orElse(standard);
  }
}
