package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The newest schema version that the application's code knows, asked of the code itself. */
final class TopVersion {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final int CHARACTERS = 300;

  private final List<String> command;
  private final Path directory;
  private final Duration limit;

  /**
   * For one command.
   *
   * @param directory where the command runs
   * @param limit how long it may take
   */
  TopVersion(List<String> command, Path directory, Duration limit) {
    this.command = List.copyOf(command);
    this.directory = directory;
    this.limit = limit;
  }

  /**
   * What the command prints.
   *
   * @throws BackupException {@code migrate-command-failed} where it does not tell
   */
  int ask() {
    Subprocess.Result result = start();
    OptionalInt version = lastNumber(result);
    if (result.exitCode() == -1) {
      throw failed("did not end within " + limit.toSeconds() + " s");
    }
    if (!result.ok()) {
      throw failed("ended with code %d%s".formatted(result.exitCode(), said(result.stderr())));
    }
    return version.orElseThrow(
        () -> failed("printed no number as its last line" + said(result.stdout())));
  }

  private Subprocess.Result start() {
    try {
      return Subprocess.run(command, directory, Map.of(), limit);
    } catch (IOException e) {
      throw failed("cannot be started: " + SafeText.line(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  static BackupException interrupted(InterruptedException e) {
    return new BackupException(
        ErrorCode.INTERRUPTED,
        "interrupted while the application was asked for its schema version",
        "Run it again.",
        e);
  }

  /** Code that is loaded may say other things first. */
  private static OptionalInt lastNumber(Subprocess.Result result) {
    List<String> lines =
        result.stdout().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return !lines.isEmpty() && NUMBER.matcher(lines.getLast()).matches()
        ? OptionalInt.of(Integer.parseInt(lines.getLast()))
        : OptionalInt.empty();
  }

  private static String said(String output) {
    List<String> lines = output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    String last = SafeText.line(lines.getLast());
    return "; it said: "
        + (last.length() <= CHARACTERS ? last : "…" + last.substring(last.length() - CHARACTERS));
  }

  private BackupException failed(String problem) {
    return new BackupException(
        ErrorCode.MIGRATE_COMMAND_FAILED,
        "max_schema_version_command %s".formatted(problem),
        "It runs in %s, without a shell: %s. Run it by hand and correct it; backups.programs names"
                .formatted(directory, command.getFirst())
            + " the application's own interpreter.");
  }
}
