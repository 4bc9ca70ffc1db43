package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.io.Printer;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
    PrintStream err = new PrintStream(new Pausing(pause), true, UTF_8);
    Environment environment =
        new Environment(
            Map.of(),
            Path.of(arguments[0]),
            InstantSource.system(),
            new Printer(System.out),
            new Printer(err),
            Optional.empty(),
            false,
            () -> {});
    System.exit(Main.run(environment, Arrays.copyOfRange(arguments, 2, arguments.length)));
  }

  /** Standard error, up to the end of a certain line. */
  private static final class Pausing extends FilterOutputStream {
    private final String pause;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Pausing(String pause) {
      super(new FileOutputStream(FileDescriptor.err));
      this.pause = pause;
    }

    @Override
    public void write(int value) throws IOException {
      super.write(value);
      if (value != '\n') {
        line.write(value);
        return;
      }
      boolean isTheLine = line.toString(UTF_8).equals(pause);
      line.reset();
      if (isTheLine) {
        int _ = System.in.read();
      }
    }
  }
}
