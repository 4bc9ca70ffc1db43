package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.InitResult;
import dev.workbuddy.backup.config.Initializer;
import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a first configuration. */
public final class ConfigInit implements Capability<ConfigInit.Parameters, InitResult> {
  private final Workspace workspace;

  ConfigInit(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * The typed parameters.
   *
   * @param directory where to look for SQLite files, absolute; null for the five of work-buddy
   */
  public record Parameters(@Nullable Path directory) {}

  @Override
  public String name() {
    return "config_init";
  }

  @Override
  public String description() {
    return "Writes a commented config.yaml for the SQLite databases found under a directory, or for"
        + " the five of work-buddy.";
  }

  @Override
  public Effect effect() {
    return Effect.CHANGES;
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public InitResult call(Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    return new Initializer(workspace.workingDirectory())
        .init(workspace.configDirectory(), parameters.directory());
  }
}
