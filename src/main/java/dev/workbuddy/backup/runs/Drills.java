package dev.workbuddy.backup.runs;

import java.time.Instant;
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

  /** When a copy of this machine's snapshot was proven last, wherever it was; null for never. */
  public @Nullable Instant proven(String snapshotId) {
    return at(drill -> drill.proves(snapshotId) && drill.ours());
  }

  /** When the copy in a place was proven last; null for never. */
  public @Nullable Instant proven(String snapshotId, String place, @Nullable String namespace) {
    return at(
        drill ->
            drill.proves(snapshotId)
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

  private @Nullable Instant at(Predicate<DrillRecord> wanted) {
    return newest(wanted).map(DrillRecord::at).orElse(null);
  }

  private Optional<DrillRecord> newest(Predicate<DrillRecord> wanted) {
    return records.reversed().stream().filter(wanted).findFirst();
  }
}
