package dev.workbuddy.backup.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The demo's application, run as a process of its own: it commits into all five databases without
 * pause until something arrives on its standard input. It prints a line once it has written into
 * each of them, and in the end how many commits it made. Argument: the live database directory.
 */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) throws Exception {
    List<Connection> connections = new ArrayList<>();
    for (String file : SampleDatabases.FILES) {
      connections.add(SampleDatabases.open(Path.of(arguments[0]).resolve(file)));
    }
    SplittableRandom random = new SplittableRandom(2);
    long commits = commitToEach(connections, random);
    System.out.println("writing");
    while (!isToldToEnd()) {
      commits += commitToEach(connections, random);
    }
    System.out.println(commits);
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private static int commitToEach(List<Connection> connections, SplittableRandom random)
      throws Exception {
    for (Connection connection : connections) {
      connection.setAutoCommit(false);
      String title = SampleDatabases.phrase(random, 3);
      SampleDatabases.insert(connection, title, SampleDatabases.phrase(random, 12), "live");
      connection.commit();
    }
    return connections.size();
  }

  private static boolean isToldToEnd() throws IOException {
    return System.in.available() > 0;
  }
}
