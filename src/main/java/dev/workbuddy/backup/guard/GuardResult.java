package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import java.util.List;

/** What the guard makes of a new snapshot. Nothing is written down before {@link Guard#record}. */
public final class GuardResult {
  private final AlarmLog log;
  private final List<Alarm> raised;
  private final List<String> notes;

  GuardResult(AlarmLog log, List<Alarm> raised, List<String> notes) {
    this.log = log;
    this.raised = List.copyOf(raised);
    this.notes = List.copyOf(notes);
  }

  AlarmLog register() {
    return log;
  }

  List<Alarm> raised() {
    return raised;
  }

  /** All alarms that are open now, the new ones included, oldest first. */
  public List<Alarm> open() {
    return log.open();
  }

  /** What changed and yet is no accident, in sentences. */
  public List<String> notes() {
    return notes;
  }
}
