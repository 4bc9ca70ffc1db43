package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Waiting;
import dev.workbuddy.backup.snapshot.IdentityFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The machine that remotes are used from.
 *
 * @param environment all environment variables that a tool is started with
 * @param host its name
 */
public record RemoteMachine(
    Map<String, String> environment,
    String host,
    InstantSource clock,
    Waiting waiting,
    RandomGenerator random) {
  public RemoteMachine {
    environment = Map.copyOf(environment);
  }

  /** For working with these settings, passing files through a directory. */
  public RemoteContext context(Settings settings, Path scratch) {
    String namespace =
        Objects.requireNonNullElse(settings.remotes().namespace(), Namespace.ofHost(host));
    return new RemoteContext(
        namespace,
        origin(settings),
        environment,
        scratch,
        clock,
        waiting,
        random,
        RemoteContext.STANDARD_PART_BYTES);
  }

  private Origin origin(Settings settings) {
    Path dataRoot = settings.dataRoot().toAbsolutePath();
    return new IdentityFile(settings.backupsDir())
        .read()
        .map(identity -> Origin.of(identity, host, dataRoot))
        .orElseGet(() -> Origin.of(host, dataRoot));
  }
}
