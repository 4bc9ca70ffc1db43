package dev.workbuddy.backup.runs;

/**
 * What became of one hook's command.
 *
 * @param hook for example {@code before_snapshot}
 * @param command its program; the arguments may hold secrets
 * @param status {@code done}, {@code failed}, {@code timeout} or {@code not-started}
 * @param exitCode -1 where there is none
 * @param output the end of what it printed
 */
public record HookReport(
    String hook, String command, String status, int exitCode, long millis, String output) {
  public static final String DONE = "done";
  public static final String FAILED = "failed";
  public static final String TIMEOUT = "timeout";
  public static final String NOT_STARTED = "not-started";

  public boolean isDone() {
    return status.equals(DONE);
  }

  HookReport withoutOutput() {
    return new HookReport(hook, command, status, exitCode, millis, "");
  }
}
