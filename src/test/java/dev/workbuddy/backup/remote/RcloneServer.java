package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.testing.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real server on loopback, of a directory, that rclone itself brings along. */
final class RcloneServer implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final int port;

  private RcloneServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static RcloneServer start(String protocol, Path directory, List<String> options)
      throws IOException {
    Tools.require("rclone");
    List<String> command =
        new ArrayList<>(
            List.of(
                "rclone",
                "serve",
                protocol,
                directory.toString(),
                "--addr",
                "127.0.0.1:0",
                "--dir-cache-time",
                "0s"));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(quiet(directory));
    Process process = builder.start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find() && !matcher.group(1).equals("0")) {
        Thread.ofVirtual().start(() -> log.lines().forEach(_ -> {}));
        return new RcloneServer(process, Integer.parseInt(matcher.group(1)));
      }
    }
    throw new AssertionError("rclone serve " + protocol + " did not start");
  }

  /** Keeps rclone from this machine's own configuration and caches. */
  static Map<String, String> quiet(Path directory) throws IOException {
    Path cache = Files.createDirectories(directory.resolveSibling("rclone-cache"));
    Map<String, String> environment = new HashMap<>();
    environment.put("RCLONE_CONFIG", "/dev/null");
    environment.put("XDG_CACHE_HOME", cache.toString());
    return environment;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
