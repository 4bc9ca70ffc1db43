package dev.workbuddy.backup.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /** Runs a main class on a Java of its own. */
  public static Companion java(Class<?> main, Object... arguments) throws IOException {
    return start(JavaCommand.of(main), arguments);
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
