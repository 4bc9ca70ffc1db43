package dev.workbuddy.backup.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqlite.util.OSInfo;

/** A second real process that a test talks to, line by line. Closing it kills it outright. */
public final class Companion implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter words;

  private Companion(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    words = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** Runs a Python script, its output unbuffered. */
  public static Companion python(String script, Object... arguments) throws IOException {
    Tools.require("python3");
    return start(List.of("python3", "-u", "-c", script), arguments);
  }

  /** Runs a main class of the tests on a Java of its own. */
  public static Companion java(Class<?> main, Object... arguments) throws IOException {
    return start(javaCommand(main), arguments);
  }

  /** What runs a main class of the tests on a Java of its own; arguments may follow. */
  public static List<String> javaCommand(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(unpackedLibrary());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  /**
   * Who is killed cannot delete the driver's library that it unpacked; the build has one for all.
   */
  private static List<String> unpackedLibrary() {
    Path library =
        Path.of("target/app/native/org/sqlite/native")
            .resolve(OSInfo.getNativeLibFolderPathForCurrentOS())
            .toAbsolutePath();
    return Files.isDirectory(library)
        ? List.of("-Dorg.sqlite.lib.path=" + library, "-Dorg.sqlite.tmpdir=" + library)
        : List.of();
  }

  private static Companion start(List<String> command, Object... arguments) throws IOException {
    List<String> whole = new ArrayList<>(command);
    Arrays.stream(arguments).map(Object::toString).forEach(whole::add);
    return new Companion(whole);
  }

  /** The next line that it prints; fails where it ended without one. */
  public String hear() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new AssertionError("the other process ended, code " + process.onExit().join());
    }
    return line;
  }

  /** Waits for exactly this line. */
  public Companion await(String expected) throws IOException {
    String line = hear();
    if (!line.equals(expected)) {
      throw new AssertionError("expected '" + expected + "' but it said: " + line + rest());
    }
    return this;
  }

  private String rest() throws IOException {
    process.toHandle().destroyForcibly(); // Unlike the process's own method, leaves its output.
    return "\n" + String.join("\n", answers.readAllLines());
  }

  public void say(String line) {
    words.println(line);
  }

  public long pid() {
    return process.pid();
  }

  /** Everything that it still prints until it ends, and then its exit code. */
  public String hearAll() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      all.append(line).append('\n');
    }
    return all.append("exit ").append(process.onExit().join().exitValue()).toString();
  }

  /** Asks it to end, as the system does when it shuts down: SIGTERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** {@code kill -9}, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
