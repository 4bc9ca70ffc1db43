package dev.workbuddy.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a snapshot: {@code snap-2026-11-22T13-00-00Z}, with {@code -manual} behind it when a
 * person asked for it, and {@code -agent} when an agent did. The name carries the time; no file's
 * date is ever read for it. Ordered by time, oldest first.
 *
 * @param time the point in time, in whole seconds
 * @param bucket who asked for it, by which the retention rules count it
 */
public record SnapshotId(Instant time, Bucket bucket) implements Comparable<SnapshotId> {
  private static final String PREFIX = "snap-";
  private static final String ANY = PREFIX + "0000-00-00T00-00-00Z";
  private static final Pattern SHAPE =
      Pattern.compile("snap-(\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z)(-manual|-agent)?");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final Comparator<SnapshotId> ORDER =
      Comparator.comparing(SnapshotId::time).thenComparing(SnapshotId::bucket);

  /** Who asked for a snapshot; in the order of their names. */
  public enum Bucket {
    /** Nobody: it was due. */
    ROLLING(""),
    /** An agent; such snapshots never push others out. */
    AGENT("-agent"),
    /** A person, or a command that a person gave. */
    MANUAL("-manual");

    private final String suffix;

    Bucket(String suffix) {
      this.suffix = suffix;
    }

    private static Bucket of(@Nullable String suffix) {
      return Arrays.stream(values())
          .filter(bucket -> bucket.suffix.equals(suffix))
          .findFirst()
          .orElse(ROLLING);
    }
  }

  public SnapshotId {
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * One that nobody or a person asked for.
   *
   * @param manual whether a person did
   */
  public SnapshotId(Instant time, boolean manual) {
    this(time, manual ? Bucket.MANUAL : Bucket.ROLLING);
  }

  /** Whether a person asked for it. */
  public boolean manual() {
    return bucket == Bucket.MANUAL;
  }

  /** Whether an agent asked for it. */
  public boolean agent() {
    return bucket == Bucket.AGENT;
  }

  /** The id that a text spells, or empty where it is none: a name of another shape, 30 February. */
  public static Optional<SnapshotId> parse(String text) {
    var matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant time = FORMAT.parse(matcher.group(1), Instant::from);
      return Optional.of(new SnapshotId(time, Bucket.of(matcher.group(2))));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  /** Whether an id can begin with a text, which may lack the {@code snap-} that they all have. */
  static boolean couldBegin(String text) {
    return !text.isEmpty() && (isBeginning(text) || isBeginning(PREFIX + text));
  }

  /** Completed by what some id ends with, it has the shape of one. */
  private static boolean isBeginning(String text) {
    return Arrays.stream(Bucket.values())
        .map(bucket -> ANY + bucket.suffix)
        .filter(id -> text.length() <= id.length())
        .anyMatch(id -> SHAPE.matcher(text + id.substring(text.length())).matches());
  }

  @Override
  public int compareTo(SnapshotId other) {
    return ORDER.compare(this, other);
  }

  @Override
  @JsonValue
  public String toString() {
    return PREFIX + FORMAT.format(time) + bucket.suffix;
  }
}
