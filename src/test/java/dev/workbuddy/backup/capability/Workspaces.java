package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.snapshot.Manifest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Workspaces for tests. */
public final class Workspaces {
  private Workspaces() {}

  /** The capabilities of a directory, at a time that the clock says. */
  public static Capabilities in(Path directory, InstantSource clock, Sleeper sleeper) {
    return in(directory, Map.of(), clock, sleeper);
  }

  /** The same with these environment variables. */
  public static Capabilities in(
      Path directory, Map<String, String> environment, InstantSource clock, Sleeper sleeper) {
    return Capabilities.in(workspace(directory, environment, clock, sleeper));
  }

  private static Workspace workspace(
      Path directory, Map<String, String> environment, InstantSource clock, Sleeper sleeper) {
    return new Workspace(
        environment,
        directory,
        null,
        clock,
        sleeper,
        new Random(1),
        () -> new Manifest.Tool("wb-backup", "0.1.0", "3.54.1"),
        "host",
        "user",
        Optional::empty,
        _ -> {});
  }

  /** What agents ask about the data of a directory. */
  public static Questions questions(Path directory, InstantSource clock) {
    return Questions.in(workspace(directory, Map.of(), clock, _ -> {}), new Random(5));
  }

  /** Capabilities to look at rather than to call. */
  static Capabilities anywhere() {
    return in(Path.of("/nowhere"), InstantSource.system(), _ -> {});
  }
}
