package dev.workbuddy.backup.capability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Alarm;
import java.util.List;

/**
 * Alarms, oldest first.
 *
 * @param open those that nobody has put aside
 * @param acknowledged the others, where they were asked for
 */
public record AlarmList(@JsonProperty("alarms") List<Alarm> open, List<Alarm> acknowledged)
    implements Outcome {
  public AlarmList {
    open = List.copyOf(open);
    acknowledged = List.copyOf(acknowledged);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
