package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.catalog.Remotes;
import org.jspecify.annotations.Nullable;

/** Which places the configuration names. What an agent names beside them, a person has to want. */
final class Places {
  /** Stands for whichever configured remote has what is asked for. */
  static final String CONFIGURED = "configured";

  private Places() {}

  /** What fetching from a remote does: it adds, or it uses a place that somebody made up. */
  static Effect effect(Workspace workspace, @Nullable String from) {
    return isConfigured(workspace, from) ? Effect.CHANGES : Effect.POINTS;
  }

  /**
   * Whether a remote is one of the configuration's.
   *
   * @param from its name; null for whichever is configured
   */
  static boolean isConfigured(Workspace workspace, @Nullable String from) {
    if (from == null || from.equals(CONFIGURED)) {
      return true;
    }
    if (!workspace.isConfigured()) {
      return false;
    }
    Settings settings = workspace.config().settings();
    return Remotes.configured(
            settings, RemoteContext.of(workspace.machine(), settings, settings.configDir()))
        .stream()
        .map(Remote::name)
        .anyMatch(from::equals);
  }
}
