package dev.workbuddy.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a snapshot: {@code snap-2026-11-22T13-00-00Z}, with {@code -manual} behind it when a
 * person asked for it. The name carries the time; no file's date is ever read for it. Ordered by
 * time, oldest first.
 *
 * @param time the point in time, in whole seconds
 * @param manual whether a person asked for it
 */
public record SnapshotId(Instant time, boolean manual) implements Comparable<SnapshotId> {
  private static final String PREFIX = "snap-";
  private static final String MANUAL_SUFFIX = "-manual";
  private static final Pattern SHAPE =
      Pattern.compile("snap-(\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z)(-manual)?");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final Comparator<SnapshotId> ORDER =
      Comparator.comparing(SnapshotId::time).thenComparing(SnapshotId::manual);

  public SnapshotId {
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The id that a text spells, or empty where it is none: a name of another shape, 30 February. */
  public static Optional<SnapshotId> parse(String text) {
    var matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant time = FORMAT.parse(matcher.group(1), Instant::from);
      return Optional.of(new SnapshotId(time, matcher.group(2) != null));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(SnapshotId other) {
    return ORDER.compare(this, other);
  }

  @Override
  @JsonValue
  public String toString() {
    return PREFIX + FORMAT.format(time) + (manual ? MANUAL_SUFFIX : "");
  }
}
