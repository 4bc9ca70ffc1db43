package dev.workbuddy.backup.io;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Work of this program in a process of its own: for what may hang, or eat memory, in code that no
 * thread can be called back from. The process is ended with its time limit, above its share of
 * memory, when the work is withdrawn, and with this process.
 */
public final class ChildJvm {
  /** What a process exits with that ends itself when its time is over, as timeout(1) does. */
  public static final int OUT_OF_TIME = 124;

  private static final List<String> OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-Xshare:auto",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "-Xlog:disable",
          "-Xlog:all=off");

  /** What tells the database driver where its library is. */
  private static final List<String> PROPERTIES =
      List.of("org.sqlite.lib.path", "org.sqlite.lib.name", "org.sqlite.tmpdir", "java.io.tmpdir");

  /** Of everything; what SQLite takes counts as well. Only Linux tells it. */
  private static final long MOST_BYTES = 1L << 30;

  private static final String PARENT = "wb-backup.parent";
  private static final String SECRETS = "WB_BACKUP_";

  private ChildJvm() {}

  /** How it ended. */
  public enum End {
    DONE,
    TIME,
    MEMORY,
    FAILED
  }

  /**
   * What came of it.
   *
   * @param output what it printed; not whole unless it is done
   * @param complaint what it printed on standard error
   */
  public record Result(End end, String output, String complaint) {}

  /**
   * Runs it to its end.
   *
   * @param main the class whose {@code main} does the work, without arguments
   * @param input what it reads on standard input
   * @param limit how long it may take, its start included
   * @param outputLimit how many bytes of its output are kept
   * @param progress asked some times a second whether the work is still wanted
   * @throws IOException if it cannot be started
   */
  public static Result run(
      Class<?> main, byte[] input, Duration limit, int outputLimit, Progress progress)
      throws IOException, InterruptedException {
    Subprocess.Call call =
        new Subprocess.Call(
            command(main), Path.of("").toAbsolutePath(), environment(), limit, outputLimit);
    try {
      return result(Subprocess.runWatched(call, input, child -> look(child, progress)));
    } catch (TooLarge e) {
      return new Result(End.MEMORY, "", "");
    }
  }

  /**
   * What such a process does first: it ends with the one that started it, at once if that is gone
   * by now. A process that is killed outright cannot end its children.
   */
  public static void endWithParent() {
    Optional<ProcessHandle> parent =
        ProcessHandle.current()
            .parent()
            .filter(found -> Long.toString(found.pid()).equals(System.getProperty(PARENT)));
    if (parent.isEmpty()) {
      Runtime.getRuntime().halt(1);
    } else {
      var _ = parent.get().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    }
  }

  private static Result result(Subprocess.Result result) {
    End end =
        switch (result.exitCode()) {
          case 0 -> End.DONE;
          case -1, OUT_OF_TIME -> End.TIME;
          default -> End.FAILED;
        };
    return new Result(end, result.stdout(), result.stderr());
  }

  private static void look(ProcessHandle child, Progress progress) throws IOException {
    progress.checkpoint();
    if (residentBytes(child.pid()).filter(bytes -> bytes > MOST_BYTES).isPresent()) {
      throw new TooLarge();
    }
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** How much memory a process has; empty where the system does not tell. */
  private static Optional<Long> residentBytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1)
          .stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException noLinux) {
      return Optional.empty();
    }
  }

  private static List<String> command(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", classPath(), main.getName()));
    return command;
  }

  private static String classPath() {
    return System.getProperty("java.class.path", "").replaceFirst("^$", "." + File.separator);
  }

  /** No token and no password: what is asked there may come from anybody. */
  private static Map<String, String> environment() {
    return System.getenv().entrySet().stream()
        .filter(variable -> !variable.getKey().startsWith(SECRETS))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
