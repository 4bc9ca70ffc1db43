package dev.workbuddy.backup.outcome;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The stable names of errors, each tied to the status that a command ends with. */
public enum ErrorCode {
  USAGE(Status.USAGE),
  CONFIG_MISSING(Status.USAGE),
  CONFIG_INVALID(Status.USAGE),
  CONFIG_EXISTS(Status.USAGE),
  SNAPSHOT_ID_INVALID(Status.USAGE),
  SNAPSHOT_ID_AMBIGUOUS(Status.USAGE),
  DATABASE_UNKNOWN(Status.USAGE),
  TABLE_UNKNOWN(Status.USAGE),
  SQL_INVALID(Status.USAGE),
  REMOTE_UNCONFIGURED(Status.USAGE),
  LADDER_INVALID(Status.USAGE),

  SNAPSHOT_NOT_FOUND(Status.FAILED),
  ALARM_NOT_FOUND(Status.FAILED),
  DATA_ROOT_UNUSABLE(Status.FAILED),
  NO_DATABASE_SAVED(Status.FAILED),
  DISK_FULL(Status.FAILED),
  IO_FAILED(Status.FAILED),
  RUN_KILLED(Status.FAILED),
  HOOK_FAILED(Status.FAILED),
  NOTHING_TO_ROLL_BACK(Status.FAILED),
  RESTORE_UNFINISHED(Status.FAILED),
  REMOTE_MISSING_TOOL(Status.FAILED),
  REMOTE_UNAUTHENTICATED(Status.FAILED),
  REMOTE_NOT_FOUND(Status.FAILED),
  REMOTE_NETWORK(Status.FAILED),
  REMOTE_TIMEOUT(Status.FAILED),
  REMOTE_RATE_LIMITED(Status.FAILED),
  REMOTE_QUOTA(Status.FAILED),
  REMOTE_FAILED(Status.FAILED),
  DATABASE_MISSING(Status.FAILED),
  DATABASE_READ_ONLY(Status.FAILED),
  MIGRATION_FAILED(Status.FAILED),
  MIGRATE_COMMAND_FAILED(Status.FAILED),
  SCHEDULER_UNAVAILABLE(Status.FAILED),
  SCHEDULER_FAILED(Status.FAILED),
  QUERY_STOPPED(Status.FAILED),
  OUT_OF_MEMORY(Status.FAILED),
  INTERNAL(Status.FAILED),

  MANIFEST_VERSION_UNKNOWN(Status.REFUSED),
  NOTHING_TO_RESTORE(Status.REFUSED),
  TARGET_EXISTS(Status.REFUSED),
  LIVE_DIRECTORY_FIXED(Status.REFUSED),
  SNAPSHOT_OF_ANOTHER(Status.REFUSED),
  FOREIGN_KEYS_BROKEN(Status.REFUSED),
  NOT_CONFIRMED(Status.REFUSED),
  CONFIRMATION_INVALID(Status.REFUSED),
  REMOTE_REFUSED(Status.REFUSED),
  SCHEMA_TOO_NEW(Status.REFUSED),
  SCHEMA_UNKNOWN(Status.REFUSED),
  MIGRATION_EDITED(Status.REFUSED),
  ROWS_LOST(Status.REFUSED),
  COMMIT_NOT_ANCESTOR(Status.REFUSED),
  SCHEMAS_DIFFER(Status.REFUSED),
  NO_USABLE_KEY(Status.REFUSED),
  ROWS_REFUSED(Status.REFUSED),
  SQL_NOT_PERMITTED(Status.REFUSED),
  SMOKE_FAILED(Status.REFUSED),

  ARCHIVE_DAMAGED(Status.DAMAGED),
  ARCHIVE_UNSAFE(Status.DAMAGED),
  CHECKSUM_MISMATCH(Status.DAMAGED),
  MANIFEST_DAMAGED(Status.DAMAGED),
  DATABASE_DAMAGED(Status.DAMAGED),
  ROW_COUNTS_DIFFER(Status.DAMAGED),
  REMOTE_DAMAGED(Status.DAMAGED),

  LOCK_HELD(Status.BUSY),
  DATABASE_IN_USE(Status.BUSY),

  INTERRUPTED(Status.INTERRUPTED);

  private final Status status;

  ErrorCode(Status status) {
    this.status = status;
  }

  public Status status() {
    return status;
  }

  /** The code as users and scripts see it, for example {@code snapshot-not-found}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
