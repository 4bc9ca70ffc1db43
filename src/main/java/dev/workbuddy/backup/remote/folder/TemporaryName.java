package dev.workbuddy.backup.remote.folder;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a file on its way: {@code <name>.partial-<time>-<random>}. The time is when its
 * sending began; file dates in a store may be those of the original.
 */
final class TemporaryName {
  private static final Pattern NAME =
      Pattern.compile(".+\\.partial-(\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z)-[0-9a-f]{8}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private TemporaryName() {}

  static String name(String name, Instant began, RandomGenerator random) {
    return "%s.partial-%s-%08x".formatted(name, TIME.format(began), random.nextInt());
  }

  /** When the sending began of a file with such a name; empty for other names. */
  static Optional<Instant> began(String name) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(TIME.parse(matcher.group(1), Instant::from));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }
}
