package dev.workbuddy.backup.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * A job that the system's scheduler has.
 *
 * @param job what it does
 * @param by which scheduler: {@code systemd}, {@code launchd} or {@code cron}
 * @param where the file or crontab that it is in
 * @param next when it runs next
 */
public record InstalledJob(RegularJob job, String by, String where, State state, Instant next) {

  /** What to do about one that is there and does not run. */
  public String remedy() {
    return !startsWhenInstalled()
        ? "No cron runs here: start it (for example `service cron start`), or let whatever starts"
            + " services run `wb-backup sidecar`."
        : "`wb-backup schedule install` starts it.";
  }

  /** Whether installing it again has its scheduler run it: a cron that is not there stays away. */
  public boolean startsWhenInstalled() {
    return !by.equals("cron");
  }

  /** Whether a job is there. */
  public enum State {
    /** As this version and this configuration would install it. */
    CURRENT,
    /** It is there, but would be installed differently today. */
    OUTDATED,
    /** Its files are there, but the scheduler does not run it. */
    INACTIVE,
    ABSENT;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
