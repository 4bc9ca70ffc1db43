package dev.workbuddy.backup.capability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Alarm;
import java.util.List;

/**
 * Alarms that were put aside.
 *
 * @param released the ids of snapshots that are not held any more
 * @param held the ids of those that stay held, since that was asked for
 * @param open the alarms that are still open
 * @param hint what to do now where something was released; empty where nothing was
 * @param warnings copies off this machine where a hold could not be changed
 */
public record AckResult(
    List<Alarm> acknowledged,
    List<String> released,
    List<String> held,
    @JsonProperty("alarms") List<Alarm> open,
    String hint,
    List<String> warnings)
    implements Outcome {
  public AckResult {
    acknowledged = List.copyOf(acknowledged);
    released = List.copyOf(released);
    held = List.copyOf(held);
    open = List.copyOf(open);
    warnings = List.copyOf(warnings);
  }

  @Override
  public Status status() {
    return warnings.isEmpty() ? Status.DONE : Status.INCOMPLETE;
  }
}
