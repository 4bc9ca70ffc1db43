package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the original work-buddy's check of freshness reads of a run, in its own words: anything but
 * {@code ok} is a failure to it, and it shows the message.
 *
 * @param status {@code ok}, {@code error}, or {@code running} where there was no run before the one
 *     that goes on
 * @param message what was wrong, for people; empty where nothing was
 */
record OriginalWords(String status, String message) {
  private static final String OK = "ok";
  private static final String ERROR = "error";

  /** While the first run goes on, there is nothing good to tell and nothing bad. */
  static final OriginalWords FIRST_RUN =
      new OriginalWords(RunRecord.RUNNING, "the first run is going on");

  /** What they are of a run that has ended. */
  static OriginalWords of(RunRecord run) {
    Optional<String> wrong = wrong(run).findFirst();
    return wrong
        .map(what -> new OriginalWords(ERROR, what))
        .orElseGet(
            () ->
                run.isDone() || run.repairedAt() != null
                    ? new OriginalWords(OK, "")
                    : new OriginalWords(ERROR, "the run was incomplete"));
  }

  /** A remote that was skipped for want of a login is not well either. */
  private static Stream<String> wrong(RunRecord run) {
    List<RemoteReport> behind =
        run.remotes().stream().filter(report -> !report.isDone() && !report.isUnwanted()).toList();
    return Stream.of(
            Stream.ofNullable(run.error()).map(RunError::message),
            missing(run),
            run.alarms().stream().map(Alarm::detail),
            behind.stream().map(report -> report.name() + ": " + report.detail()),
            run.hooks().stream()
                .filter(hook -> !hook.isDone())
                .map(hook -> "the hook " + hook.hook() + " failed"))
        .flatMap(each -> each);
  }

  private static Stream<String> missing(RunRecord run) {
    return run.missing().isEmpty()
        ? Stream.empty()
        : Stream.of(
            run.missing().stream()
                .map(Manifest.Missing::database)
                .collect(Collectors.joining(", ", "not saved: ", "")));
  }
}
