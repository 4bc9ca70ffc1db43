package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code alarms.json}. Writing it requires the run lock. A file that cannot be read is an open
 * alarm itself: deleting is the only mistake that cannot be undone.
 */
final class AlarmFile {
  private static final String NAME = "alarms.json";

  /** More than any real one needs: it is part of manifests, which have the same bound. */
  private static final int MOST_BYTES = 16 << 20;

  private final StateFile file;

  AlarmFile(Path backupsDir) {
    this.file = new StateFile(backupsDir.resolve(NAME), MOST_BYTES);
  }

  AlarmLog read() {
    return switch (stored()) {
      case Stored.Found<AlarmLog>(AlarmLog log) -> log;
      case Stored.Absent<AlarmLog>() -> AlarmLog.EMPTY;
      case Stored.Unusable<AlarmLog>(String why) ->
          new AlarmLog(AlarmLog.VERSION, List.of(unreadable(why)), Map.of());
    };
  }

  /** Replaces it; what cannot be read is put aside, not overwritten. */
  void write(AlarmLog log) throws IOException {
    // The log has an open alarm about an unreadable file, so the result needs no warning.
    Optional<String> _ = file.replace(Json.bytes(log), stored());
  }

  private Stored<AlarmLog> stored() {
    return file.json(AlarmLog.class).unless(AlarmFile::fault);
  }

  private static Optional<String> fault(AlarmLog log) {
    if (log.formatVersion() != AlarmLog.VERSION) {
      return Optional.of("has a format that is not this version's");
    }
    boolean counts =
        log.restarts().values().stream()
            .flatMap(restart -> Stream.ofNullable(restart.state()))
            .flatMap(state -> state.rows().values().stream())
            .allMatch(rows -> rows >= 0);
    return counts ? Optional.empty() : Optional.of("counts fewer rows than none");
  }

  private Alarm unreadable(String why) {
    AlarmKind kind = AlarmKind.ALARMS_UNREADABLE;
    return Alarm.ofHistory(
        Finding.id(kind.word()),
        kind.word(),
        "",
        Instant.EPOCH,
        "%s cannot be read, so it is unknown which alarms are open: %s"
            .formatted(file.path(), "it " + why));
  }
}
