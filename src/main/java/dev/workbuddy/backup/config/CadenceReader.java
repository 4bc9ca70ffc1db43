package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.integer;

import java.util.Optional;

/** How often a snapshot is expected; work-buddy says so beside the repository. */
final class CadenceReader {
  private static final String KEY = "cadence_minutes";
  private static final int MINUTES_PER_YEAR = 525_600;

  private CadenceReader() {}

  static int minutes(Section backups) {
    ValueType<Integer> minutes = integer(1, MINUTES_PER_YEAR);
    Section github = backups.section("github");
    Optional<Integer> beside = github.find(KEY, minutes);
    if (!backups.has(KEY) && beside.isPresent()) {
      return beside.get();
    }
    int own = backups.get(KEY, minutes, Defaults.CADENCE_MINUTES);
    beside
        .filter(other -> other != own)
        .ifPresent(
            other ->
                github.problem(
                    KEY,
                    "is %d, and %s is %d (%s): leave one of them out"
                        .formatted(other, backups.path(KEY), own, backups.at(KEY))));
    return own;
  }
}
