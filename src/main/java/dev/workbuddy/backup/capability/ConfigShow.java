package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.LoadedConfig;
import dev.workbuddy.backup.io.Progress;
import java.io.IOException;

/** Shows the effective configuration; fails with every problem where it is not valid. */
public final class ConfigShow implements Capability<ConfigShow.Parameters, ConfigDetails> {
  private final Workspace workspace;

  ConfigShow(Workspace workspace) {
    this.workspace = workspace;
  }

  /** None: the configuration of the workspace is meant. */
  public record Parameters() {}

  @Override
  public String name() {
    return "config_show";
  }

  @Override
  public String description() {
    return "Shows the effective settings with the origin of each value.";
  }

  @Override
  public Effect effect() {
    return Effect.READS;
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public ConfigDetails call(Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    LoadedConfig config = workspace.config();
    return new ConfigDetails(config.effective(), config.warnings());
  }
}
