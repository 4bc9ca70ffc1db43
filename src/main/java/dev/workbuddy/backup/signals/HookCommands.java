package dev.workbuddy.backup.signals;

import dev.workbuddy.backup.config.Hook;
import dev.workbuddy.backup.config.HookSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.runs.HookReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands of hooks, each to its end, and reports what became of it. */
final class HookCommands {
  private static final int OUTPUT_LIMIT = 1 << 20;
  private static final int KEPT = 4000;
  private static final int ENDED_BY_LIMIT = -1;

  private final HookSettings hooks;
  private final Path directory;
  private final Map<String, String> environment;
  private final InstantSource clock;

  HookCommands(Settings settings, Map<String, String> environment, InstantSource clock) {
    this.hooks = settings.signals().hooks();
    this.directory = settings.configDir();
    this.environment = environment;
    this.clock = clock;
  }

  List<List<String>> of(Hook hook) {
    return hooks.of(hook);
  }

  /**
   * Runs one command in the directory of the configuration.
   *
   * @param variables variables that are added to the environment
   */
  HookReport run(Hook hook, List<String> command, Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    Instant started = clock.instant();
    try {
      Subprocess.Call call =
          new Subprocess.Call(command, directory, all, hooks.timeLimit(), OUTPUT_LIMIT);
      Subprocess.Result result =
          hook.isBefore() ? Subprocess.run(call) : Subprocess.runToItsEnd(call);
      String status =
          switch (result.exitCode()) {
            case 0 -> HookReport.DONE;
            case ENDED_BY_LIMIT -> HookReport.TIMEOUT;
            default -> HookReport.FAILED;
          };
      return report(hook, command, status, result.exitCode(), started, end(result));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      return report(hook, command, HookReport.NOT_STARTED, -1, started, why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException(
          ErrorCode.INTERRUPTED, "interrupted in the hook " + hook.word(), "Run it again.", e);
    }
  }

  private HookReport report(
      Hook hook, List<String> command, String status, int code, Instant started, String output) {
    long millis = Math.max(0, Duration.between(started, clock.instant()).toMillis());
    return new HookReport(hook.word(), command.getFirst(), status, code, millis, output);
  }

  private static String end(Subprocess.Result result) {
    String all = (result.stdout() + result.stderr()).strip();
    return all.length() <= KEPT ? all : "…" + all.substring(all.length() - KEPT);
  }
}
