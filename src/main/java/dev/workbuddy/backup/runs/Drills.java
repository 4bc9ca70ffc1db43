package dev.workbuddy.backup.runs;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rehearsals of restores.
 *
 * @param records oldest first
 */
public record Drills(List<DrillRecord> records) {
  public Drills {
    records = List.copyOf(records);
  }

  /** The newest with a place's snapshots, however it ended. */
  public Optional<DrillRecord> last(String place) {
    return newest(drill -> drill.place().equals(place));
  }

  /** The newest that proved a restore of this machine's own snapshots from a place. */
  public Optional<DrillRecord> lastProven(String place) {
    return newest(drill -> drill.place().equals(place) && drill.isProven() && drill.ours());
  }

  /**
   * When a copy of this machine's snapshot was proven last, wherever it was; null for never. The
   * last word on each copy counts, and where the one on this machine failed, no other makes up.
   */
  public @Nullable Instant proven(String snapshotId) {
    return failed(snapshotId, DrillRecord.LOCAL, null) != null
        ? null
        : records.stream()
            .filter(drill -> drill.proves(snapshotId) && drill.ours())
            .filter(drill -> drill.equals(verdict(snapshotId, drill).orElse(null)))
            .map(DrillRecord::at)
            .max(Comparator.naturalOrder())
            .orElse(null);
  }

  private Optional<DrillRecord> verdict(String snapshotId, DrillRecord other) {
    return verdict(snapshotId, other.place(), other.namespace());
  }

  /** When the copy in a place was proven, if that was the last word on it; else null. */
  public @Nullable Instant proven(String snapshotId, String place, @Nullable String namespace) {
    return verdict(snapshotId, place, namespace)
        .filter(DrillRecord::isProven)
        .map(DrillRecord::at)
        .orElse(null);
  }

  /** When a rehearsal with the copy in a place failed, if that was the last word; else null. */
  public @Nullable Instant failed(String snapshotId, String place, @Nullable String namespace) {
    return verdict(snapshotId, place, namespace)
        .filter(drill -> !drill.isProven())
        .map(DrillRecord::at)
        .orElse(null);
  }

  /** The last that says something of the copy, rather than of the way there. */
  private Optional<DrillRecord> verdict(
      String snapshotId, String place, @Nullable String namespace) {
    return newest(
        drill ->
            drill.judges(snapshotId)
                && drill.place().equals(place)
                && Objects.equals(drill.namespace(), namespace));
  }

  /** When a restore was proven last, by the place. */
  public Map<String, Instant> lastProven() {
    Map<String, Instant> places = new TreeMap<>();
    records.stream()
        .filter(drill -> drill.isProven() && drill.ours())
        .forEach(drill -> places.put(drill.place(), drill.at()));
    return places;
  }

  private Optional<DrillRecord> newest(Predicate<DrillRecord> wanted) {
    return records.reversed().stream().filter(wanted).findFirst();
  }
}
