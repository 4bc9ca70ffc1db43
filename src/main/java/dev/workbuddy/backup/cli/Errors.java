package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Prints errors with their hints, and turns them into exit codes. */
final class Errors {
  private final WbBackup root;
  private final Environment environment;

  Errors(WbBackup root, Environment environment) {
    this.root = root;
    this.environment = environment;
  }

  /** For whatever a command threw. */
  int report(Throwable error, CommandLine command) {
    if (root.debug()) {
      error.printStackTrace(environment.err());
    }
    return print(root.json(), asBackupException(error));
  }

  /** For a command line that could not be understood; the options may not be known then. */
  int reportUsage(ParameterException error, String[] arguments) {
    String name = error.getCommandLine().getCommandSpec().qualifiedName();
    boolean json = List.of(arguments).contains("--json");
    return print(
        json,
        new BackupException(
            ErrorCode.USAGE, String.valueOf(error.getMessage()), "See `" + name + " --help`."));
  }

  private int print(boolean json, BackupException error) {
    if (json) {
      environment.out().print(Json.text(Documents.of(error)));
    } else {
      PrintStream err = environment.err();
      err.println("wb-backup: " + error.text());
      err.println("  " + error.hint());
    }
    return error.code().status().exitCode();
  }

  private static BackupException asBackupException(Throwable error) {
    return switch (error) {
      case BackupException known -> known;
      case InterruptedException e ->
          new BackupException(ErrorCode.INTERRUPTED, "interrupted", "Run it again.", e);
      case UncheckedIOException e when e.getCause() != null -> ofIo(e.getCause());
      case IOException e -> ofIo(e);
      default ->
          new BackupException(
              ErrorCode.INTERNAL,
              "internal error: " + error,
              "Run it again with --debug and report what it prints.",
              error);
    };
  }

  /** Where a file could not be made, the directory is what does not permit it. */
  private static Path culprit(Path file) {
    Path place = file.toAbsolutePath();
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  private static BackupException ofIo(IOException error) {
    String message = String.valueOf(error.getMessage());
    if (Space.ranOut(error)) {
      return new BackupException(
          ErrorCode.DISK_FULL, "the disk is full: " + message, "Free some space there.", error);
    }
    if (error instanceof AccessDeniedException denied) {
      return new BackupException(
          ErrorCode.IO_FAILED,
          "not permitted: " + culprit(Path.of(denied.getFile())),
          "Check who owns it, and run as the user who owns the data.",
          error);
    }
    String what = error instanceof FileSystemException ? error.toString() : message;
    return new BackupException(
        ErrorCode.IO_FAILED, what, "Check the disk and the permissions, then try again.", error);
  }
}
