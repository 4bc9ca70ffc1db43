package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.config.LadderSource;
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
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final int CHARACTERS = 300;

  private final LadderSource.Command source;
  private final Path directory;

  /**
   * @param directory where the command runs
   */
  TopVersion(LadderSource.Command source, Path directory) {
    this.source = source;
    this.directory = directory;
  }

  /**
   * What the command prints; the configured number where there is no command, or it fails.
   *
   * @throws BackupException {@code migrate-command-failed} where nothing tells it
   */
  int ask() throws IOException {
    Integer configured = source.maxSchemaVersion();
    if (source.versionCommand().isEmpty()) {
      return configured == null ? 0 : configured;
    }
    try {
      return run();
    } catch (BackupException e) {
      if (configured == null || e.code() != ErrorCode.MIGRATE_COMMAND_FAILED) {
        throw e;
      }
      return configured;
    }
  }

  private int run() throws IOException {
    Subprocess.Result result = start();
    OptionalInt version = lastNumber(result);
    if (result.exitCode() == -1) {
      throw failed("did not end within " + LIMIT.toSeconds() + " s");
    }
    if (!result.ok()) {
      throw failed("ended with code %d%s".formatted(result.exitCode(), said(result.stderr())));
    }
    return version.orElseThrow(
        () -> failed("printed no number as its last line" + said(result.stdout())));
  }

  private Subprocess.Result start() {
    try {
      return Subprocess.run(source.versionCommand(), directory, Map.of(), LIMIT);
    } catch (IOException e) {
      throw failed("cannot be started: " + SafeText.line(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException(
          ErrorCode.INTERRUPTED,
          "interrupted while the application was asked for its schema version",
          "Run it again.",
          e);
    }
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
                .formatted(directory, source.versionCommand().getFirst())
            + " the application's own interpreter.");
  }
}
