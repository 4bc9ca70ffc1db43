package dev.workbuddy.backup.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The application's process, from its first write until it is stopped. */
final class RunningApplication implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private RunningApplication(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts it and returns when it has written into every database. */
  static RunningApplication start(Path directory) throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    Process process =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    RunningApplication application = new RunningApplication(process);
    application.readLine();
    return application;
  }

  long pid() {
    return process.pid();
  }

  /** Ends it in good order and returns how many commits it made. */
  long stop() throws IOException, InterruptedException {
    try (OutputStream input = process.getOutputStream()) {
      input.write('\n');
    }
    long commits = Long.parseLong(readLine());
    process.waitFor();
    return commits;
  }

  private String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the demo's application ended too early");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
