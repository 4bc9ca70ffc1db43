package dev.workbuddy.backup.signals;

import dev.workbuddy.backup.config.Hook;
import dev.workbuddy.backup.config.Settings;
import java.time.InstantSource;
import java.util.Map;

/** The user's own commands before and after operations. */
public final class Hooks {
  private final Settings settings;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /**
   * For one workspace.
   *
   * @param environment what the commands inherit
   */
  public Hooks(Settings settings, Map<String, String> environment, InstantSource clock) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** For one snapshot. */
  public HookedOperation snapshot() {
    return operation("snapshot", Hook.BEFORE_SNAPSHOT, Hook.AFTER_SNAPSHOT);
  }

  /**
   * For one operation that replaces the live databases.
   *
   * @param name {@code restore} or {@code rollback}
   */
  public HookedOperation replacing(String name) {
    return operation(name, Hook.BEFORE_RESTORE, Hook.AFTER_RESTORE);
  }

  private HookedOperation operation(String name, Hook before, Hook after) {
    HookCommands commands = new HookCommands(settings, environment, clock);
    return new HookedOperation(commands, settings, name, before, after);
  }
}
