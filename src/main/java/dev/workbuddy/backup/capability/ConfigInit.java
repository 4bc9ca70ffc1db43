package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.InitResult;
import dev.workbuddy.backup.config.Initializer;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.restore.SwapObstacles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a first configuration. */
public final class ConfigInit {
  private ConfigInit() {}

  /**
   * The typed parameters.
   *
   * @param directory where to look for SQLite files, absolute; null for those of work-buddy
   * @param dryRun whether only to say what would be written
   */
  public record Parameters(
      @Described("Where to look for SQLite files; without it those of work-buddy are meant.")
          @Nullable Path directory,
      @Described("Whether only to say what would be written.") boolean dryRun) {}

  static Capability<Parameters, InitResult> in(Workspace workspace) {
    return new Capability<>(
            "config_init",
            "Writes a commented config.yaml for the SQLite databases found under a directory, or"
                + " for those of work-buddy.",
            Effect.POINTS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Write a configuration")
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.POINTS)
        .rehearsedBy(
            new DryRunPreview<>(
                given -> new Parameters(given.directory(), true),
                plan -> List.of(Json.line(plan)),
                plan ->
                    Impact.of(
                        "Write %s, for %d databases in %s?"
                            .formatted(plan.configFile(), plan.databases().size(), plan.dbDir()))));
  }

  private static InitResult call(Workspace workspace, Parameters parameters) throws IOException {
    Initializer initializer = new Initializer(workspace.workingDirectory());
    InitResult result =
        parameters.dryRun()
            ? initializer.plan(workspace.configDirectory(), parameters.directory())
            : initializer.init(workspace.configDirectory(), parameters.directory());
    return result.with(SwapObstacles.foretell(result.dbDir(), result.databases()));
  }
}
