package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The programs that schedulers are operated with. */
record SchedulerPrograms(ScheduleHost host) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int OUTPUT_LIMIT = 1 << 20;

  boolean has(String program) {
    return Programs.find(program, host.environment()).isPresent();
  }

  /** Runs one of them; how it ended is the caller's to judge. */
  Subprocess.Result run(List<String> command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    Programs.find(words.getFirst(), host.environment())
        .ifPresent(program -> words.set(0, program.toString()));
    return Subprocess.run(
        new Subprocess.Call(words, host.root(), host.environment(), LIMIT, OUTPUT_LIMIT));
  }

  /**
   * Runs one that must end well.
   *
   * @throws BackupException {@code scheduler-failed} where it does not
   */
  void require(List<String> command) throws IOException, InterruptedException {
    Subprocess.Result result = run(command);
    if (!result.ok()) {
      throw failed(command, result);
    }
  }

  static BackupException failed(List<String> command, Subprocess.Result result) {
    String said = (result.stderr() + result.stdout()).strip();
    return new BackupException(
        ErrorCode.SCHEDULER_FAILED,
        "`"
            + String.join(" ", command)
            + "` failed: "
            + (said.isEmpty() ? "no reason given" : said),
        "Repair that and try again, or run `wb-backup sidecar` instead.");
  }
}
