package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.TimeLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs {@code rclone} with the user's own configuration of it. */
final class Rclone {
  /** It neither retries nor asks: who calls it knows better, and nobody is there to answer. */
  private static final List<String> ALWAYS =
      List.of(
          "--retries",
          "1",
          "--low-level-retries",
          "1",
          "--contimeout",
          "20s",
          "--timeout",
          "2m",
          "--ask-password=false",
          "--fast-list",
          "--checkers",
          "16");

  private static final int LONGEST_LISTING = 256 << 20;

  private final String name;
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param name the remote's, for messages
   * @param directory where it runs
   */
  Rclone(String name, Path directory, Map<String, String> environment) {
    this.name = name;
    this.directory = directory;
    this.environment = new HashMap<>(environment);
    // Meant for other tools; rclone's S3 backend takes it for the only authorities that it trusts.
    this.environment.remove("AWS_CA_BUNDLE");
  }

  /** What it printed. */
  RemoteResult<String> run(Duration limit, String... arguments) throws InterruptedException {
    return start(limit, Subprocess::run, arguments);
  }

  /** Moves files, telling how far it is. */
  RemoteResult<String> transfer(long bytes, Progress progress, List<String> arguments)
      throws InterruptedException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(RcloneStats.OPTIONS);
    progress.advance(0, bytes);
    RemoteResult<String> result =
        start(
            TimeLimits.ofMoving(bytes),
            call -> Subprocess.run(call, line -> RcloneStats.report(line, progress, bytes)),
            all.toArray(String[]::new));
    if (result.isOk()) {
      progress.advance(bytes, bytes);
    }
    return result;
  }

  /** Writes what it prints into a file. */
  RemoteResult<String> runInto(Path file, Duration limit, String... arguments)
      throws InterruptedException {
    return start(limit, call -> Subprocess.runInto(file, call), arguments);
  }

  /** One way to run a program. */
  @FunctionalInterface
  private interface Way {
    Subprocess.Result run(Subprocess.Call call) throws IOException, InterruptedException;
  }

  private RemoteResult<String> start(Duration limit, Way way, String... arguments)
      throws InterruptedException {
    Optional<Path> program = Programs.find("rclone", environment);
    if (program.isEmpty()) {
      return RemoteResult.failed(
          RemoteFault.MISSING_TOOL,
          name + " cannot be reached: rclone is not installed",
          "Install rclone (https://rclone.org/install/), then `rclone config`.");
    }
    List<String> command = new ArrayList<>(List.of(program.get().toString()));
    command.addAll(List.of(arguments));
    command.addAll(ALWAYS);
    Subprocess.Call call =
        new Subprocess.Call(
            command, directory, environment, limit, TimeLimits.ofStandingStill(), LONGEST_LISTING);
    try {
      Subprocess.Result result = way.run(call);
      return result.ok() ? RemoteResult.ok(result.stdout()) : failed(result, limit, arguments[0]);
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "rclone could not be started: " + e.getMessage(),
          "Try `rclone version` in a terminal.");
    }
  }

  private Failed<String> failed(Subprocess.Result result, Duration limit, String operation) {
    if (result.exitCode() < 0) {
      return RemoteResult.failed(
          RemoteFault.TIMEOUT,
          "%s: rclone %s stood still, or took longer than %d s"
              .formatted(name, operation, limit.toSeconds()),
          "Check the line; a later run tries again.");
    }
    String complaints = RcloneStats.without(result.stderr());
    return RcloneErrors.explain(
        name, operation, new Subprocess.Result(result.exitCode(), result.stdout(), complaints));
  }

  /** A small file's bytes, given as text by {@link #run}. */
  static byte[] bytes(String output) {
    return output.getBytes(StandardCharsets.UTF_8);
  }
}
