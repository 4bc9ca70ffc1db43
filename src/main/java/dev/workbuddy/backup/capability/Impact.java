package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.SafeText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call would cost.
 *
 * @param question what has to be agreed to
 * @param ageSeconds how old the data is that would come back; null where none would
 * @param losses tables in which something would be lost or changed
 * @param warnings what else to know, also where something could not be compared
 */
public record Impact(
    String question, @Nullable Long ageSeconds, List<Loss> losses, List<String> warnings) {
  /** Nobody reads more before they answer. */
  private static final int MOST_TABLES = 20;

  private static final int LONGEST_LINE = 1000;

  public Impact {
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

  /**
   * What to know before the question is answered, a line each that is safe to print: how old the
   * data is, what the gravest tables would lose, and the warnings.
   */
  public List<String> facts() {
    return facts(0);
  }

  /**
   * The lines for people.
   *
   * @param more how many tables there are beside those in {@link #losses}
   */
  List<String> facts(int more) {
    int left = more + Math.max(0, losses.size() - MOST_TABLES);
    return Stream.of(
            Stream.ofNullable(ageSeconds).map(Impact::age),
            losses.stream().limit(MOST_TABLES).map(Loss::words),
            left > 0 ? Stream.of("… and %d more tables.".formatted(left)) : Stream.<String>empty(),
            warnings.stream().map(warning -> "Warning: " + warning))
        .flatMap(lines -> lines)
        .map(Impact::line)
        .toList();
  }

  /** The question as a line that is safe to print. */
  public String askedFor() {
    return line(question);
  }

  private static String line(String text) {
    return SafeText.shortened(SafeText.visible(text), LONGEST_LINE);
  }

  private static String age(long seconds) {
    Duration age = Duration.ofSeconds(seconds);
    String words =
        age.toDays() > 1
            ? age.toDays() + " days"
            : age.toHours() > 1
                ? age.toHours() + " hours"
                : Math.max(0, age.toMinutes()) + " minutes";
    return "That data is " + words + " old.";
  }

  /** A question with nothing to count. */
  static Impact of(String question) {
    return new Impact(question, null, List.of(), List.of());
  }
}
