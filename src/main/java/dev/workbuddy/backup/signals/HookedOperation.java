package dev.workbuddy.backup.signals;

import dev.workbuddy.backup.config.Hook;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.io.Uninterruptibly;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.HookReport;
import dev.workbuddy.backup.runs.RunError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one operation. The one after it is the other half of the one before it: once the
 * operation has got as far as {@link #before}, it runs, however the operation ends. For one thread.
 */
public final class HookedOperation {
  private static final String PREFIX = "WB_BACKUP_";
  private static final int LAST_WORDS = 200;

  private final HookCommands commands;
  private final Hook before;
  private final Hook after;
  private final Map<String, String> variables = new TreeMap<>();
  private final List<HookReport> reports = new ArrayList<>();
  private boolean begun;

  HookedOperation(
      HookCommands commands, Settings settings, String operation, Hook before, Hook after) {
    this.commands = commands;
    this.before = before;
    this.after = after;
    // All of them always, so that none comes from an operation that started this one.
    for (String name : List.of("SNAPSHOT_ID", "TARBALL")) {
      set(name, "");
    }
    told("running", "", null);
    set("OPERATION", operation);
    set("DATA_ROOT", settings.dataRoot().toString());
    set("DB_DIR", settings.dbDir().toString());
    set("CONFIG_DIR", settings.configDir().toString());
  }

  /** Tells the commands from now on which snapshot it is about. */
  public void about(String snapshotId) {
    set("SNAPSHOT_ID", snapshotId);
  }

  /** And where its tarball is. */
  public void about(String snapshotId, Path tarball) {
    about(snapshotId);
    set("TARBALL", tarball.toString());
  }

  /** Whether there is a command to run first. */
  public boolean hasBefore() {
    return !commands.of(before).isEmpty();
  }

  /** Whether there is a command to run first or afterwards. */
  public boolean hasAny() {
    return hasBefore() || !commands.of(after).isEmpty();
  }

  /**
   * Runs the commands before the operation.
   *
   * @throws BackupException {@code hook-failed} for the first that fails; the others are not run
   */
  public void before() {
    begun = true;
    for (List<String> command : commands.of(before)) {
      HookReport report = run(before, command);
      if (!report.isDone()) {
        throw new BackupException(
            ErrorCode.HOOK_FAILED,
            "nothing was done: " + words(report),
            "Correct the command under backups.hooks.%s, or remove it.".formatted(before.word()));
      }
    }
  }

  /**
   * Runs the commands after it, all of them, if it got as far as those before.
   *
   * @return what failed, in words
   */
  public List<String> after(Status status, @Nullable RunError error) {
    told(status.word(), Integer.toString(status.exitCode()), error);
    return begun ? runAll(after) : List.of();
  }

  /**
   * Like {@link #after(Status, RunError)}, but for an operation that threw; an interruption does
   * not stop the commands.
   */
  public List<String> after(Exception failure) {
    return Uninterruptibly.get(() -> after(statusOf(failure), RunError.of(failure)));
  }

  /** Runs the commands for failures, all of them. Nothing gets worse if they fail. */
  public List<String> failed(Status status, @Nullable RunError error) {
    told(status.word(), Integer.toString(status.exitCode()), error);
    return runAll(Hook.ON_FAILURE);
  }

  /** Like {@link #failed(Status, RunError)}, but for an operation that threw. */
  public List<String> failed(Exception failure) {
    return Uninterruptibly.get(() -> failed(statusOf(failure), RunError.of(failure)));
  }

  /**
   * Both for an operation that is over: the commands after it and, unless all of it was done, those
   * for failures.
   *
   * @return what failed, in words
   */
  public List<String> ended(Status status) {
    List<String> failures = new ArrayList<>(after(status, null));
    if (status != Status.DONE || !failures.isEmpty()) {
      failures.addAll(failed(Status.INCOMPLETE, null));
    }
    return failures;
  }

  /** Like {@link #ended(Status)}, but for an operation that threw. */
  public void ended(Exception failure) {
    after(failure);
    failed(failure);
  }

  /** What became of the commands so far, in their order. */
  public List<HookReport> reports() {
    return List.copyOf(reports);
  }

  private static Status statusOf(Exception failure) {
    return failure instanceof BackupException known ? known.code().status() : Status.FAILED;
  }

  private void told(String status, String exitCode, @Nullable RunError error) {
    set("STATUS", status);
    set("EXIT_CODE", exitCode);
    set("ERROR_CODE", error == null ? "" : error.code());
    set("ERROR_MESSAGE", error == null ? "" : error.message());
  }

  private List<String> runAll(Hook hook) {
    List<String> failures = new ArrayList<>();
    for (List<String> command : commands.of(hook)) {
      HookReport report = run(hook, command);
      if (!report.isDone()) {
        failures.add(words(report));
      }
    }
    return failures;
  }

  private HookReport run(Hook hook, List<String> command) {
    set("HOOK", hook.word());
    HookReport report = commands.run(hook, command, variables);
    reports.add(report);
    return report;
  }

  private void set(String name, String value) {
    variables.put(PREFIX + name, value.replace("\0", ""));
  }

  private static String words(HookReport report) {
    String how =
        switch (report.status()) {
          case HookReport.TIMEOUT -> "took longer than hooks.time_limit_seconds and was ended";
          case HookReport.NOT_STARTED -> "could not be started";
          default -> "ended with exit code " + report.exitCode();
        };
    String said = SafeText.end(report.output(), LAST_WORDS);
    return "the hook %s (%s) %s%s"
        .formatted(report.hook(), report.command(), how, said.isEmpty() ? "" : ": " + said);
  }
}
