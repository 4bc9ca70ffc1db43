package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.snapshot.Alarm;
import java.nio.file.Path;
import java.util.List;

/** What everybody may ask of alarms. Reads one small file, needs no lock and never fails. */
public final class Alarms {
  /** Why a sweep keeps what retention would not. */
  public static final String REASON = "alarm";

  private Alarms() {}

  /** The alarms that nobody has put aside, oldest first; while there is one, no sweep deletes. */
  public static List<Alarm> open(Path backupsDir) {
    return new AlarmFile(backupsDir).read().open();
  }

  /** The alarms that somebody has put aside, oldest first; as many as are remembered. */
  public static List<Alarm> acknowledged(Path backupsDir) {
    return new AlarmFile(backupsDir).read().acknowledged();
  }

  /** Returns the plan, but one that deletes nothing while an alarm is open. */
  public static RetentionPlan restrain(RetentionPlan plan, List<Alarm> open) {
    return open.isEmpty() ? plan : plan.keepingAll(REASON);
  }
}
