package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.outcome.Status;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import picocli.CommandLine;

/** The program. */
public final class Main {
  /** What the system's own commands end with when their reader goes away: 128 and SIGPIPE. */
  private static final int BROKEN_PIPE = 141;

  private Main() {}

  public static void main(String[] arguments) {
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    Environment environment = Environment.ofProcess(output);
    System.setErr(environment.err()); // Nor what Java itself says of an error that nobody caught.
    System.setOut(environment.err()); // What migrations print must not get between the results.
    int exitCode =
        Boundary.answer(() -> run(environment, arguments), thrown -> atLeast(environment, thrown));
    System.exit(
        environment.out().checkError() ? unwritten(output, exitCode, environment) : exitCode);
  }

  /** For what went wrong before or after a command ran. */
  private static int atLeast(Environment environment, Throwable thrown) {
    return Errors.print(environment, false, ErrorMapper.of(thrown));
  }

  /** The exit code where not all of the result could be written. */
  private static int unwritten(StandardOutput output, int exitCode, Environment environment) {
    if (output.isUnwanted()) {
      return exitCode == Status.DONE.exitCode() ? BROKEN_PIPE : exitCode;
    }
    environment.err().println("wb-backup: standard output could not be written");
    return exitCode == Status.DONE.exitCode() ? Status.FAILED.exitCode() : exitCode;
  }

  /** Runs one command line and returns its exit code. */
  static int run(Environment environment, String... arguments) {
    if (asksForVersion(arguments)) {
      new VersionText().lines().forEach(environment.out()::println);
      return Status.DONE.exitCode();
    }
    WbBackup root = new WbBackup(environment);
    Errors errors = new Errors(root, environment);
    CommandLine command =
        CommandTree.of(root, arguments)
            .setOut(environment.out().writer())
            .setErr(environment.err().writer())
            .setExecutionExceptionHandler((error, _, _) -> errors.report(error))
            .setParameterExceptionHandler(errors::reportUsage);
    return Boundary.answer(() -> command.execute(arguments), errors::report);
  }

  /** Answered before the command line is made ready: scripts ask for it often. */
  private static boolean asksForVersion(String... arguments) {
    return List.of(arguments).equals(List.of("--version"));
  }
}
