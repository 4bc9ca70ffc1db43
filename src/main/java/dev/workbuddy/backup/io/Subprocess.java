package dev.workbuddy.backup.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a program with an argument list, never through a shell. What it prints is kept up to a
 * bound; a program that outlives its time limit is ended together with its children.
 */
public final class Subprocess {
  private static final int OUTPUT_LIMIT = 1 << 20;

  private Subprocess() {}

  /**
   * What a program left behind.
   *
   * @param exitCode its exit code, or -1 where the time limit ended it
   * @param stdout at most 1 MiB of what it printed
   * @param stderr at most 1 MiB of what it complained about
   */
  public record Result(int exitCode, String stdout, String stderr) {
    public boolean ok() {
      return exitCode == 0;
    }
  }

  /**
   * Runs the command to its end.
   *
   * @param environment variables to set besides the inherited ones
   * @throws IOException if the program cannot be started
   */
  public static Result run(
      List<String> command, Path directory, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> stdout = collect(process.getInputStream());
    CompletableFuture<String> stderr = collect(process.getErrorStream());
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return new Result(ended ? process.exitValue() : -1, text(stdout), text(stderr));
  }

  private static CompletableFuture<String> collect(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> text.complete(drain(stream)));
    return text;
  }

  private static String drain(InputStream stream) {
    try (stream) {
      byte[] kept = stream.readNBytes(OUTPUT_LIMIT);
      stream.transferTo(java.io.OutputStream.nullOutputStream());
      return new String(kept, StandardCharsets.UTF_8);
    } catch (IOException ended) {
      return "";
    }
  }

  /** A grandchild may keep the pipe open for ever; what it would print later is not waited for. */
  private static String text(CompletableFuture<String> output) throws InterruptedException {
    try {
      return output.get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "";
    }
  }
}
