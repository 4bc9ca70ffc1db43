package dev.workbuddy.backup.health;

import dev.workbuddy.backup.backup.LastRun;
import dev.workbuddy.backup.backup.RemoteReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code last_run.json} says, as far as freshness is concerned. */
sealed interface LastRecord {

  /** There was no run yet. */
  record None() implements LastRecord {}

  /** There is a record that says nothing: damaged, or in a form of another version. */
  record Unreadable() implements LastRecord {}

  /**
   * A run.
   *
   * @param status {@code done}, {@code incomplete}, {@code failed}, or what later versions add
   * @param error why it failed; null where it did not
   * @param lastGoodAt when the newest complete snapshot was finished; null where there is none
   */
  record Run(
      String status,
      LastRun.@Nullable Failure error,
      Instant finishedAt,
      List<String> missing,
      List<RemoteReport> remotes,
      @Nullable Instant lastGoodAt)
      implements LastRecord {}

  static LastRecord read(Path backupsDir) {
    Optional<LastRun> run = LastRun.read(backupsDir);
    if (run.isPresent()) {
      return of(run.get());
    }
    return Files.exists(backupsDir.resolve("last_run.json")) ? new Unreadable() : new None();
  }

  /** A document may lack what every run writes; then it is no record of a run. */
  private static LastRecord of(LastRun run) {
    return Optional.ofNullable(run.status()).isEmpty()
            || Optional.ofNullable(run.finishedAt()).isEmpty()
        ? new Unreadable()
        : new Run(
            run.status(),
            run.error(),
            run.finishedAt(),
            run.missing().stream().map(missing -> missing.database()).toList(),
            run.remotes(),
            run.lastGoodAt());
  }
}
