package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.catalog.FolderRemotes;
import dev.workbuddy.backup.testing.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A folder that rclone reaches through a server, over a line that can be cut. */
final class RclonePlace implements TestPlace {
  private final Path directory;
  private final Served served;
  private final String folder;
  private final StoredFiles files;
  private final RemoteFault whenFull;
  private final List<AutoCloseable> others = new ArrayList<>();

  /** Serves directories by a protocol that rclone speaks. */
  interface Server {

    LoopbackServer start(Path directory) throws IOException;

    /** rclone's settings for a remote on a server at a port. */
    Map<String, String> remote(int port);

    /** Whether it tells checksums that it computed when a file came. */
    default boolean keepsChecksums() {
      return false;
    }
  }

  /** A server that is running, with room for the places of many tests side by side. */
  record Served(Server server, LoopbackServer running, Path root, AtomicInteger places)
      implements AutoCloseable {
    static Served start(Server server, Path directory) throws IOException {
      Path root = Files.createDirectories(directory.resolve("root"));
      return new Served(server, server.start(root), root, new AtomicInteger());
    }

    @Override
    public void close() {
      running.close();
    }
  }

  /** A new folder below what is served. */
  RclonePlace(Path directory, Served served, RemoteFault whenFull) {
    this.directory = directory;
    this.served = served;
    this.folder = "place-" + served.places().incrementAndGet();
    this.files = new StoredFiles(served.root().resolve(folder));
    this.whenFull = whenFull;
  }

  private Map<String, String> settings(int port) throws IOException {
    Map<String, String> settings = new HashMap<>(LoopbackServer.quiet(served.root()));
    served
        .server()
        .remote(port)
        .forEach((key, value) -> settings.put("RCLONE_CONFIG_T_" + key, value));
    return settings;
  }

  Remote remote(RemoteContext context, int port) throws IOException {
    Map<String, String> environment = new HashMap<>(context.environment());
    environment.putAll(settings(port));
    return FolderRemotes.rclone("T:" + folder, context.with(environment));
  }

  @Override
  public Remote remote(RemoteContext context) throws IOException {
    return remote(context, served.running().port());
  }

  @Override
  public Breaking breaking(RemoteContext context) throws IOException {
    CuttingProxy line = new CuttingProxy(served.running().port(), 1_500_000);
    others.add(line);
    return new Breaking(
        remote(context, line.port()), Progress.silent(), RemoteFault.NETWORK, line::hasCut);
  }

  @Override
  public Breaking full(RemoteContext context) throws IOException {
    Path disk = directory.resolve("small");
    SmallDisk small = SmallDisk.mount(disk, 2);
    LoopbackServer full = served.server().start(disk);
    others.add(full);
    others.add(small);
    return new Breaking(
        remote(context, full.port()),
        Progress.silent(),
        whenFull,
        () -> Files.isDirectory(disk.resolve(folder)));
  }

  /** Through the server where it keeps checksums of its own, so that they follow. */
  @Override
  public void change(RemoteSnapshot snapshot, String file, Change change) throws IOException {
    if (!served.server().keepsChecksums()) {
      files.change(snapshot, file, change);
      return;
    }
    String remote = "T:" + folder + "/" + snapshot.place() + "/" + file;
    Path copy = Files.createTempDirectory(directory, "change-").resolve(file);
    rclone("copyto", remote, copy.toString());
    change.on(copy);
    rclone("copyto", "--ignore-times", copy.toString(), remote);
  }

  private void rclone(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("rclone"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(settings(served.running().port()));
    builder.environment().remove("AWS_CA_BUNDLE");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(output).isZero();
  }

  @Override
  public void lose(RemoteSnapshot snapshot, String file) throws IOException {
    files.lose(snapshot, file);
  }

  @Override
  public void seed(String namespace, int count) throws IOException {
    files.seed(namespace, count, directory.resolve("model"));
  }

  @Override
  public List<String> forOtherProcess() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("rclone:T:" + folder));
    settings(served.running().port())
        .forEach(
            (key, value) -> {
              arguments.add(key);
              arguments.add(value);
            });
    return arguments;
  }

  @Override
  public void close() throws IOException {
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
