package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.io.Printer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A command line that stops where a certain line is printed to standard error, until it is ended or
 * hears a line. Arguments: its directory, the line, and the command.
 */
final class PausedReplacement {
  private PausedReplacement() {}

  public static void main(String[] arguments) {
    String pause = arguments[1];
    Printer err =
        new Printer(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8)) {
          @Override
          public void println(String line) {
            super.println(line);
            if (line.equals(pause)) {
              waitForInput(); // Not while the printer is held: whoever ends this prints as well.
            }
          }
        };
    Environment environment =
        new Environment(
            Map.of(),
            Path.of(arguments[0]),
            InstantSource.system(),
            new Printer(System.out),
            err,
            Optional.empty(),
            false,
            () -> {});
    System.exit(Main.run(environment, Arrays.copyOfRange(arguments, 2, arguments.length)));
  }

  private static void waitForInput() {
    try {
      int _ = System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
