package dev.workbuddy.backup.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The demo's application, a process of its own: it commits into all five databases without pause
 * until its standard input ends. Argument: the live database directory.
 */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) throws Exception {
    List<Connection> connections = new ArrayList<>();
    for (String file : SampleDatabases.FILES) {
      connections.add(SampleDatabases.open(Path.of(arguments[0]).resolve(file)));
    }
    SplittableRandom random = new SplittableRandom(2);
    long commits = 0;
    while (!inputHasEnded()) {
      for (Connection connection : connections) {
        connection.setAutoCommit(false);
        SampleDatabases.insert(
            connection,
            SampleDatabases.phrase(random, 3),
            SampleDatabases.phrase(random, 12),
            "live");
        connection.commit();
        commits++;
      }
    }
    System.out.println(commits);
    for (Connection connection : connections) {
      connection.close();
    }
  }

  /** The parent writes one byte to say that it is time to end. */
  private static boolean inputHasEnded() throws IOException {
    return System.in.available() > 0;
  }

  /** Starts the application as a process of its own. */
  static Process start(Path directory) throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    return new ProcessBuilder(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Ends the application in good order and returns how many commits it made. */
  static long stop(Process process) throws IOException, InterruptedException {
    try (var input = process.getOutputStream();
        var output = process.inputReader()) {
      input.write('\n');
      input.flush();
      String commits = output.readLine();
      process.waitFor();
      return commits == null ? 0 : Long.parseLong(commits);
    }
  }
}
