package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Printer;
import dev.workbuddy.backup.testing.SuddenDeath;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The command {@code now} as a process that kills itself, as {@code kill -9} does, at the nth
 * moment at which it asks for the time; with 0 it goes on until somebody else does. What follows
 * the number are environment variables and their values.
 */
final class KilledNow {
  private KilledNow() {}

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    Instant now = Instant.parse(arguments[1]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
    Map<String, String> variables = new HashMap<>(System.getenv());
    for (int i = 3; i + 1 < arguments.length; i += 2) {
      variables.put(arguments[i], arguments[i + 1]);
    }
    InstantSource clock =
        () -> {
          SuddenDeath.countDown(left);
          return now;
        };
    Environment environment =
        new Environment(
            variables,
            directory,
            clock,
            new Printer(System.out),
            new Printer(System.err),
            Optional.empty(),
            false,
            () -> {});
    System.exit(Main.run(environment, "now", "--quiet"));
  }
}
