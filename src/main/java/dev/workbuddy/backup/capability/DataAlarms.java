package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Lists alarms. */
public final class DataAlarms {
  private DataAlarms() {}

  /**
   * The typed parameters.
   *
   * @param acknowledged whether to list those that were put aside, too
   */
  public record Parameters(
      @Described("Whether to list acknowledged alarms, too.") boolean acknowledged) {}

  static Capability<Parameters, AlarmList> in(Workspace workspace) {
    return new Capability<>(
            "data_alarms",
            "Lists the alarms about data that looks lost; while one is open no sweep deletes"
                + " anything.",
            Effect.READS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("List alarms");
  }

  private static AlarmList call(Workspace workspace, Parameters parameters) throws IOException {
    Path backups = workspace.settings().backupsDir();
    List<Alarm> settled = parameters.acknowledged() ? Alarms.acknowledged(backups) : List.of();
    return new AlarmList(Alarms.open(backups), settled);
  }
}
