package dev.workbuddy.backup.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The user's own commands.
 *
 * @param commands for each hook its commands, each a program and its arguments
 * @param timeLimit how long one command may take
 */
public record HookSettings(Map<Hook, List<List<String>>> commands, Duration timeLimit) {
  /** No commands. */
  public static final HookSettings NONE =
      new HookSettings(Map.of(), Duration.ofSeconds(Defaults.HOOK_SECONDS));

  public HookSettings {
    commands = Map.copyOf(commands);
  }

  /** Its commands, in their order; empty where the user has none. */
  public List<List<String>> of(Hook hook) {
    return commands.getOrDefault(hook, List.of());
  }
}
