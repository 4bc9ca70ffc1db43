package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.LoadedConfig;

/** Shows the effective configuration; fails with every problem where it is not valid. */
public final class ConfigShow {
  private ConfigShow() {}

  /** None: the configuration of the workspace is meant. */
  public record Parameters() {}

  static Capability<Parameters, ConfigDetails> in(Workspace workspace) {
    return new Capability<>(
            "config_show",
            "Shows the effective settings with the origin of each value.",
            Effect.READS,
            Parameters.class,
            (_, _) -> call(workspace))
        .titled("Show the configuration");
  }

  private static ConfigDetails call(Workspace workspace) {
    LoadedConfig config = workspace.config();
    return new ConfigDetails(config.effective(), config.warnings());
  }
}
