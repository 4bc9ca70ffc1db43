package dev.workbuddy.backup.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who learns of runs.
 *
 * @param ping null for nobody
 * @param metricsFile absolute; null for none
 */
public record SignalSettings(
    HookSettings hooks, @Nullable PingAddress ping, @Nullable Path metricsFile) {
  /** Nobody. */
  public static final SignalSettings NONE = new SignalSettings(HookSettings.NONE, null, null);
}
