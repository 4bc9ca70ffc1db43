package dev.workbuddy.backup.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program with an argument list, never through a shell. What it prints is kept up to a
 * bound; a program that outlives its time limit, or this process, is ended together with its
 * children.
 */
public final class Subprocess {
  private static final int OUTPUT_LIMIT = 1 << 20;
  private static final int LONGEST_LINE = 1 << 12;
  private static final long GLANCE_MILLIS = 50;

  private Subprocess() {}

  /**
   * What a program left behind.
   *
   * @param exitCode its exit code, or -1 where the time limit ended it
   * @param stdout what it printed, up to the limit; 1 MiB unless another was set
   * @param stderr at most 1 MiB of what it complained about
   */
  public record Result(int exitCode, String stdout, String stderr) {
    public boolean ok() {
      return exitCode == 0;
    }
  }

  /**
   * A program to run.
   *
   * @param environment all variables that it gets
   * @param limit how long it may take
   * @param still how long it may take without moving any bytes, where the system tells that
   * @param outputLimit how many bytes of standard output are kept
   */
  public record Call(
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Duration limit,
      Duration still,
      int outputLimit) {

    /** One that may stand still as long as it likes within its limit. */
    public Call(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Duration limit,
        int outputLimit) {
      this(command, directory, environment, limit, limit, outputLimit);
    }

    public Call {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * Runs the command to its end.
   *
   * @throws IOException if the program cannot be started
   */
  public static Result run(Call call) throws IOException, InterruptedException {
    return run(call, builder(call), null, ProcessTree::of);
  }

  /** Like {@link #run(Call)}, but lets the program finish its work when this process is stopped. */
  public static Result runToItsEnd(Call call) throws IOException, InterruptedException {
    return run(call, builder(call), null, ProcessTree::outliving);
  }

  /**
   * Like {@link #run(Call)}, but hands on each line that the program writes to standard error as it
   * comes.
   *
   * @param complaint called on another thread; must not throw
   */
  public static Result run(Call call, Consumer<String> complaint)
      throws IOException, InterruptedException {
    return run(call, builder(call), complaint, ProcessTree::of);
  }

  /** Looks at a program that runs, again and again, and ends it by throwing. */
  @FunctionalInterface
  public interface Watch {
    void look(ProcessHandle program) throws IOException;
  }

  /**
   * Like {@link #run(Call)}, but for a program that reads an input first and is ended when the
   * watch throws.
   *
   * @param input what it reads on standard input
   * @param watch looks at it some times a second; what it throws is thrown here
   */
  public static Result runWatched(Call call, byte[] input, Watch watch)
      throws IOException, InterruptedException {
    Process process = OwnSecrets.withhold(builder(call)).start();
    try (ProcessTree tree = ProcessTree.of(process)) {
      try {
        Output stdout = Output.of(process.getInputStream(), call.outputLimit(), null);
        Output stderr = Output.of(process.getErrorStream(), OUTPUT_LIMIT, null);
        give(input, process.getOutputStream());
        boolean ended = endsWatched(call.limit(), process, watch);
        if (!ended) {
          tree.end();
        }
        return new Result(ended ? process.exitValue() : -1, stdout.text(), stderr.text());
      } finally {
        if (process.isAlive()) {
          tree.end();
        }
      }
    }
  }

  private static void give(byte[] input, OutputStream to) {
    try (to) {
      to.write(input);
    } catch (IOException readsNoMore) {
      // How it ends tells more.
    }
  }

  private static boolean endsWatched(Duration limit, Process process, Watch watch)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      watch.look(process.toHandle());
      if (System.nanoTime() - end > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Like {@link #run(Call)}, but writes standard output to a file, which is created or replaced.
   */
  public static Result runInto(Path file, Call call) throws IOException, InterruptedException {
    return run(call, builder(call).redirectOutput(file.toFile()), null, ProcessTree::of);
  }

  /** Like {@link #run(Call)}, but the program reads a file as its standard input. */
  public static Result runFrom(Path file, Call call) throws IOException, InterruptedException {
    return run(call, builder(call).redirectInput(file.toFile()), null, ProcessTree::of);
  }

  private static ProcessBuilder builder(Call call) {
    ProcessBuilder builder =
        new ProcessBuilder(call.command()).directory(call.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(call.environment());
    return builder;
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
    return run(command, directory, environment, Set.of(), limit);
  }

  /**
   * Runs the command to its end.
   *
   * @param environment variables to set besides the inherited ones
   * @param without variables not to inherit
   * @throws IOException if the program cannot be started
   */
  public static Result run(
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Set<String> without,
      Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeAll(without);
    builder.environment().putAll(environment);
    Call call = new Call(command, directory, environment, limit, OUTPUT_LIMIT);
    return run(call, builder, null, ProcessTree::of);
  }

  private static Result run(
      Call call,
      ProcessBuilder builder,
      @Nullable Consumer<String> complaint,
      Function<Process, ProcessTree> treeOf)
      throws IOException, InterruptedException {
    Process process = OwnSecrets.withhold(builder).start();
    process.getOutputStream().close();
    Output stdout = Output.of(process.getInputStream(), call.outputLimit(), null);
    Output stderr = Output.of(process.getErrorStream(), OUTPUT_LIMIT, complaint);
    boolean ended = endsWithin(call, process, treeOf);
    return new Result(ended ? process.exitValue() : -1, stdout.text(), stderr.text());
  }

  private static boolean endsWithin(
      Call call, Process process, Function<Process, ProcessTree> treeOf)
      throws InterruptedException {
    boolean ended = false;
    try (ProcessTree tree = treeOf.apply(process)) {
      try {
        ended =
            call.still().compareTo(call.limit()) < 0
                ? endsMoving(call, process)
                : process.waitFor(call.limit().toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        if (!ended) {
          tree.end();
        }
      }
    }
    return ended;
  }

  private static boolean endsMoving(Call call, Process process) throws InterruptedException {
    long end = System.nanoTime() + call.limit().toNanos();
    Movement movement = new Movement(process, call.still().toNanos());
    long glance = Math.clamp(call.still().toMillis() / 10, GLANCE_MILLIS, 1000);
    while (!process.waitFor(glance, TimeUnit.MILLISECONDS)) {
      if (movement.hasStopped() || System.nanoTime() - end > 0) {
        return false;
      }
    }
    return true;
  }

  /** What a program prints, collected while it runs. */
  private static final class Output {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final int limit;
    private final @Nullable Consumer<String> heard;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile @Nullable Throwable broken;

    private Output(int limit, @Nullable Consumer<String> heard) {
      this.limit = limit;
      this.heard = heard;
    }

    static Output of(InputStream stream, int limit, @Nullable Consumer<String> heard) {
      Output output = new Output(limit, heard);
      // Reading a pipe would keep a carrier of virtual threads from all others.
      Thread.ofPlatform().daemon().start(() -> output.drain(stream));
      return output;
    }

    private void drain(InputStream stream) {
      byte[] buffer = new byte[8192];
      try (stream) {
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
          kept.write(buffer, 0, Math.min(read, limit - kept.size()));
          if (heard != null) {
            hear(heard, buffer, read);
          }
        }
      } catch (IOException closed) {
        // Nothing more comes.
      } catch (RuntimeException | Error e) {
        broken = e; // What was kept is not all of it.
      } finally {
        ended.countDown();
      }
    }

    private void hear(Consumer<String> listener, byte[] bytes, int count) {
      for (int i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
          listener.accept(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else if (line.size() < LONGEST_LINE) {
          line.write(bytes[i]);
        }
      }
    }

    /**
     * A grandchild may keep the pipe open for ever; what it would print later is not waited for.
     */
    String text() throws InterruptedException {
      boolean _ = ended.await(5, TimeUnit.SECONDS);
      if (broken != null) {
        throw Boundary.unchecked(broken);
      }
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
