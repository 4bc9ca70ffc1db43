package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.Documents;
import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.config.Suggestion;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.SuppressedWarning;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints errors with their hints, and turns them into exit codes. */
final class Errors {
  private final WbBackup root;
  private final Environment environment;

  Errors(WbBackup root, Environment environment) {
    this.root = root;
    this.environment = environment;
  }

  /** For whatever a command threw. */
  int report(Throwable error) {
    if (root.debug()) {
      printTrace(error);
    }
    int exitCode = print(environment, root.json(), ErrorMapper.of(error));
    for (Throwable suppressed : error.getSuppressed()) {
      if (suppressed instanceof SuppressedWarning aside) {
        environment.err().println("Warning: " + aside.text());
      }
    }
    return exitCode;
  }

  /** For a command line that could not be understood; the options may not be known then. */
  int reportUsage(ParameterException error, String[] arguments) {
    String name = error.getCommandLine().getCommandSpec().qualifiedName();
    boolean json = List.of(arguments).contains("--json");
    return print(
        environment, json, new BackupException(ErrorCode.USAGE, words(error), hint(error, name)));
  }

  private static String words(ParameterException error) {
    return unknownCommand(error)
        .map(word -> "unknown command " + SafeText.line(word))
        .orElseGet(() -> String.valueOf(error.getMessage()));
  }

  private static String hint(ParameterException error, String name) {
    return unknownCommand(error)
        .map(word -> suggestion(word, error.getCommandLine()) + "`" + name + " --help` lists all.")
        .orElseGet(() -> "See `" + name + " --help`.");
  }

  /** The word in a command's place; empty where something else is wrong. */
  private static Optional<String> unknownCommand(ParameterException error) {
    boolean wantsCommand =
        !error.getCommandLine().getSubcommands().isEmpty()
            && error.getCommandLine().getCommandSpec().positionalParameters().isEmpty();
    return wantsCommand && error instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().stream().findFirst().filter(word -> !word.startsWith("-"))
        : Optional.empty();
  }

  private static String suggestion(String word, CommandLine parent) {
    return Suggestion.nearest(word, parent.getSubcommands().keySet())
        .map(near -> "Did you mean " + near + "? ")
        .orElse("");
  }

  static int print(Environment environment, boolean json, BackupException error) {
    if (json) {
      environment.out().document(Json.text(Documents.of(error)));
    } else {
      say(environment, "wb-backup: " + error.text());
      say(environment, "  " + error.hint());
    }
    return error.code().status().exitCode();
  }

  /** Further lines of an error are indented, so that none looks like an error of its own. */
  private static void say(Environment environment, String text) {
    environment.err().document(text.replace("\n", "\n  ") + "\n");
  }

  private void printTrace(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    environment.err().document(trace.toString().replace("\t", "    "));
  }
}
