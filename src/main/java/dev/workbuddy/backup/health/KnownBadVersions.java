package dev.workbuddy.backup.health;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Versions that are known not to be good enough. */
final class KnownBadVersions {
  private static final Pattern NUMBER = Pattern.compile("\\D+");

  /**
   * A range of them.
   *
   * @param from the first bad version
   * @param to the first good one after it
   */
  private record Bad(String name, List<Integer> from, List<Integer> to, String problem) {}

  private static final List<Bad> KNOWN =
      List.of(
          new Bad(
              "SQLite",
              List.of(3, 7, 0),
              List.of(3, 51, 3),
              "it has the WAL-reset bug, which can damage databases in WAL mode; 3.51.3 has not"),
          new Bad(
              "gh", List.of(0), List.of(2, 23), "it is older than any that this was tried with"),
          new Bad(
              "gh",
              List.of(2, 40),
              List.of(2, 54),
              "its `gh auth status` may call a bad login good; what is said here comes from GitHub"
                  + " itself"),
          new Bad(
              "rclone",
              List.of(0),
              List.of(1, 60),
              "it is older than any that this was tried with"));

  private KnownBadVersions() {}

  /** What is known against a version; nothing for one that is no number. */
  static Optional<String> problem(String name, String version) {
    List<Integer> numbers = numbers(version);
    return KNOWN.stream()
        .filter(bad -> bad.name().equals(name) && !numbers.isEmpty())
        .filter(bad -> compare(bad.from(), numbers) <= 0 && compare(numbers, bad.to()) < 0)
        .map(Bad::problem)
        .findFirst();
  }

  private static List<Integer> numbers(String version) {
    return Arrays.stream(NUMBER.split(version, -1))
        .filter(part -> !part.isEmpty() && part.length() < 9)
        .limit(3)
        .map(Integer::valueOf)
        .toList();
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    return IntStream.range(0, Math.max(one.size(), other.size()))
        .map(i -> Integer.compare(at(one, i), at(other, i)))
        .filter(difference -> difference != 0)
        .findFirst()
        .orElse(0);
  }

  private static int at(List<Integer> numbers, int index) {
    return index < numbers.size() ? numbers.get(index) : 0;
  }
}
