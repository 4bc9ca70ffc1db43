package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.FeatureSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.runs.LastRun;
import java.time.Instant;
import java.util.List;

/**
 * A configured machine, as components see it.
 *
 * @param warnings what is configured and will not happen
 */
public record HealthContext(Settings settings, List<String> warnings, Machine machine) {
  public HealthContext {
    warnings = List.copyOf(warnings);
  }

  FeatureSettings features() {
    return settings.features();
  }

  Instant now() {
    return machine.clock().instant();
  }

  LastRun lastRun() {
    return LastRun.read(settings.backupsDir(), machine.host(), now());
  }

  /** For asking remotes; nothing is passed through files then. */
  RemoteContext context() {
    return RemoteContext.of(machine, settings, settings.configDir());
  }
}
