package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.InitResult;
import dev.workbuddy.backup.config.Initializer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a first configuration. */
public final class ConfigInit {
  private ConfigInit() {}

  /**
   * The typed parameters.
   *
   * @param directory where to look for SQLite files, absolute; null for the five of work-buddy
   */
  public record Parameters(
      @Described("Where to look for SQLite files; without it the five of work-buddy are meant.")
          @Nullable Path directory) {}

  static Capability<Parameters, InitResult> in(Workspace workspace) {
    return new Capability<>(
            "config_init",
            "Writes a commented config.yaml for the SQLite databases found under a directory, or"
                + " for the five of work-buddy.",
            Effect.CHANGES,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Write a configuration");
  }

  private static InitResult call(Workspace workspace, Parameters parameters) {
    return new Initializer(workspace.workingDirectory())
        .init(workspace.configDirectory(), parameters.directory());
  }
}
