package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.guard.BaselineResets;
import dev.workbuddy.backup.rescue.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.sqlite.Tables;
import dev.workbuddy.backup.tables.LiveFiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the guard what a rescue made good: where an alarm is open, the live tables are counted. The
 * run lock is held.
 */
final class MadeGood {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

  private final Settings settings;
  private final LiveFiles liveFiles;
  private final InstantSource clock;

  MadeGood(Settings settings, LiveFiles liveFiles, InstantSource clock) {
    this.settings = settings;
    this.liveFiles = liveFiles;
    this.clock = clock;
  }

  /** Returns what the user should know: what could not be counted, or written down. */
  List<String> tell(String snapshot, List<DatabaseRescue> done) {
    Set<String> alarmed =
        Alarms.open(settings.backupsDir()).stream()
            .map(Alarm::database)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Map<String, Map<String, Long>> rows = new HashMap<>();
    List<String> warnings = new ArrayList<>();
    for (DatabaseRescue rescue : done) {
      String name = rescue.database();
      if (alarmed.contains(name)) {
        try (Connection live = Connections.live(liveFiles.file(name), BUSY_TIMEOUT)) {
          rows.put(name, Tables.counts(live));
        } catch (SQLException e) {
          warnings.add(
              "%s could not be counted, so its alarms stay open: %s"
                  .formatted(name, SqliteMessages.of(e)));
        }
      }
    }
    warnings.addAll(
        new BaselineResets(new LocalStore(settings.backupsDir()))
            .rescued(snapshot, rows, clock.instant()));
    return warnings;
  }
}
