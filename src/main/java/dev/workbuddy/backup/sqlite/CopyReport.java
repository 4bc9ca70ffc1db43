package dev.workbuddy.backup.sqlite;

/**
 * How a copy was made.
 *
 * @param strategy the word in the manifest
 * @param millis how long the copy took
 * @param restarts how often a foreign commit made the copy begin again
 * @param lockedMillis for how long writers had to wait; 0 in WAL mode, where none ever waits
 * @param pointInTimeNanos the moment that the copy shows, on the clock of {@link System#nanoTime}
 */
public record CopyReport(
    CopyStrategy strategy, long millis, int restarts, long lockedMillis, long pointInTimeNanos) {}
