package dev.workbuddy.backup.config;

/**
 * A SQLite file below a searched directory.
 *
 * @param path relative to the searched directory, with {@code /} between names on every system
 * @param bytes the file's size, without what still waits in its write-ahead log
 */
public record FoundDatabase(String path, long bytes) {}
