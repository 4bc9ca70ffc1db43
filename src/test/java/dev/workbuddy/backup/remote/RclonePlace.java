package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A directory that rclone reaches through a server, over a line that can be cut. */
final class RclonePlace implements TestPlace {
  private final Path root;
  private final StoredFiles files;
  private final Server server;
  private final RcloneServer running;
  private final RemoteFault whenFull;
  private final List<AutoCloseable> others = new ArrayList<>();

  /**
   * How to serve a directory.
   *
   * @param remote rclone's settings for a remote {@code T} on a server at a port
   */
  record Server(String protocol, List<String> options, IntFunction<Map<String, String>> remote) {}

  RclonePlace(Path directory, Server server, RemoteFault whenFull) throws IOException {
    this.root = Files.createDirectories(directory.resolve("root"));
    this.files = new StoredFiles(root.resolve("copies"));
    this.server = server;
    this.whenFull = whenFull;
    this.running = RcloneServer.start(server.protocol(), root, server.options());
  }

  private Map<String, String> settings(int port) throws IOException {
    Map<String, String> settings = new HashMap<>(RcloneServer.quiet(root));
    server
        .remote()
        .apply(port)
        .forEach((key, value) -> settings.put("RCLONE_CONFIG_T_" + key, value));
    return settings;
  }

  Remote remote(RemoteContext context, int port) throws IOException {
    Map<String, String> environment = new HashMap<>(context.environment());
    environment.putAll(settings(port));
    return Remotes.rclone("T:copies", with(context, environment));
  }

  static RemoteContext with(RemoteContext context, Map<String, String> environment) {
    return new RemoteContext(
        context.namespace(),
        environment,
        context.scratch(),
        context.clock(),
        context.waiting(),
        context.random(),
        context.partBytes());
  }

  @Override
  public Remote remote(RemoteContext context) throws IOException {
    return remote(context, running.port());
  }

  @Override
  public Breaking breaking(RemoteContext context) throws IOException {
    CuttingProxy line = new CuttingProxy(running.port(), 1_500_000);
    others.add(line);
    return new Breaking(
        remote(context, line.port()), Progress.silent(), RemoteFault.NETWORK, line::hasCut);
  }

  @Override
  public Breaking full(RemoteContext context) throws IOException {
    Path disk = root.resolveSibling("small");
    SmallDisk small = SmallDisk.mount(disk, 2);
    RcloneServer full = RcloneServer.start(server.protocol(), disk, server.options());
    others.add(full);
    others.add(small);
    return new Breaking(
        remote(context, full.port()),
        Progress.silent(),
        whenFull,
        () -> Files.isDirectory(disk.resolve("copies")));
  }

  @Override
  public void damage(RemoteSnapshot snapshot, String file) throws IOException {
    files.damage(snapshot, file);
  }

  @Override
  public void lose(RemoteSnapshot snapshot, String file) throws IOException {
    files.lose(snapshot, file);
  }

  @Override
  public void seed(String namespace, int count) throws IOException {
    files.seed(namespace, count, root.resolveSibling("model"));
  }

  @Override
  public List<String> forOtherProcess() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("rclone:T:copies"));
    settings(running.port())
        .forEach(
            (key, value) -> {
              arguments.add(key);
              arguments.add(value);
            });
    return arguments;
  }

  @Override
  public void close() throws IOException {
    running.close();
    for (AutoCloseable other : others) {
      try {
        other.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
