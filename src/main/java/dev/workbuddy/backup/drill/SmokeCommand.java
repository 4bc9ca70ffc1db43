package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The application's own look at restored databases. */
final class SmokeCommand {
  /** What the command finds the directory of the databases in, besides its arguments. */
  static final String VARIABLE = "WB_BACKUP_DRILL_DIR";

  private static final String PLACEHOLDER = "{db_dir}";
  private static final int OUTPUT_LIMIT = 1 << 20;
  private static final int SHOWN = 1000;
  private static final int ENDED_BY_LIMIT = -1;

  private final Settings settings;
  private final Map<String, String> environment;

  SmokeCommand(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  boolean isThere() {
    return !settings.drill().smokeCommand().isEmpty();
  }

  /**
   * Runs it in the directory of the configuration.
   *
   * @throws BackupException {@code smoke-failed} unless it ends in time and with 0
   */
  void run(Path databases) throws InterruptedException {
    List<String> words =
        settings.drill().smokeCommand().stream()
            .map(word -> word.replace(PLACEHOLDER, databases.toString()))
            .toList();
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(VARIABLE, databases.toString());
    try {
      Subprocess.Result result =
          Subprocess.run(
              new Subprocess.Call(
                  words,
                  settings.configDir(),
                  variables,
                  settings.drill().timeLimit(),
                  OUTPUT_LIMIT));
      if (!result.ok()) {
        throw failed(end(result));
      }
    } catch (IOException e) {
      throw failed("could not be started: " + e.getMessage());
    }
  }

  private String end(Subprocess.Result result) {
    String how =
        result.exitCode() == ENDED_BY_LIMIT
            ? "did not end within %d seconds".formatted(settings.drill().timeLimit().toSeconds())
            : "ended with " + result.exitCode();
    String shown = SafeText.end(result.stdout() + result.stderr(), SHOWN);
    return shown.isEmpty() ? how : how + ": " + shown;
  }

  private BackupException failed(String how) {
    return new BackupException(
        ErrorCode.SMOKE_FAILED,
        "the databases were restored and are sound, but the smoke command %s %s"
            .formatted(settings.drill().smokeCommand().getFirst(), how),
        "Is the application's data in the snapshot what the application of today expects?"
            + " `wb-backup restore latest --to DIR` gives you a copy to look into.");
  }
}
