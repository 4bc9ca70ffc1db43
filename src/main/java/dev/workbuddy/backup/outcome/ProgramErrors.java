package dev.workbuddy.backup.outcome;

/**
 * What nobody expected, an {@link Error} of the Java machine as well, in words for users. The
 * program goes on after it: what was lost is the one piece of work that met it.
 */
public final class ProgramErrors {
  private ProgramErrors() {}

  /** The failure with a code, a message and a hint; one that has them already stays as it is. */
  public static BackupException of(Throwable error) {
    return switch (error) {
      case BackupException known -> known;
      case OutOfMemoryError e when isAboutThreads(e) ->
          new BackupException(
              ErrorCode.OUT_OF_MEMORY,
              "the system gives this program no more threads",
              "End what else runs for this user, or raise its limit of processes (ulimit -u, or"
                  + " the container's), then try again.",
              e);
      case OutOfMemoryError e ->
          new BackupException(
              ErrorCode.OUT_OF_MEMORY,
              "the program's memory ran out (" + e.getMessage() + ")",
              "Ask for less at a time: one database, one table, fewer rows. Where that does not"
                  + " help, run it with --debug and report what it prints.",
              e);
      case LinkageError e ->
          new BackupException(
              ErrorCode.INTERNAL,
              "a part of the program is missing or does not fit: " + e,
              "Start it again if it was updated meanwhile; else reinstall it.",
              e);
      default ->
          new BackupException(
              ErrorCode.INTERNAL,
              "internal error: " + error,
              "Run it again with --debug and report what it prints.",
              error);
    };
  }

  private static boolean isAboutThreads(OutOfMemoryError error) {
    String message = error.getMessage();
    return message != null && message.contains("thread");
  }
}
