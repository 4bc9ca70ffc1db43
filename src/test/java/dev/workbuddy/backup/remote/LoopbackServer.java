package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.testing.JavaCommand;
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

/** A real server on loopback, of a directory. */
final class LoopbackServer implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final int port;

  private LoopbackServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** One that rclone itself brings along. */
  static LoopbackServer rclone(String protocol, Path directory, List<String> options)
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
    return start(command, quiet(directory));
  }

  /** S3Proxy, a server of the S3 protocol, from the jar that the build puts in place. */
  static LoopbackServer s3(Path directory, String user, String password) throws IOException {
    Path properties = directory.resolveSibling("s3proxy.properties");
    Files.writeString(
        properties,
        """
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.endpoint=http://127.0.0.1:0
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(user, password, directory));
    List<String> command = new ArrayList<>(JavaCommand.program());
    command.addAll(
        List.of("-jar", "target/tools/s3proxy.jar", "--properties", properties.toString()));
    return start(command, Map.of("LOG_LEVEL", "info"));
  }

  private static LoopbackServer start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find() && !matcher.group(1).equals("0")) {
        Thread.ofVirtual().start(() -> log.lines().forEach(_ -> {}));
        return new LoopbackServer(process, Integer.parseInt(matcher.group(1)));
      }
    }
    throw new AssertionError(command + " did not start:\n" + said);
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
