package dev.workbuddy.backup.config;

/**
 * A database file that cannot be configured.
 *
 * @param path relative to the live database directory
 * @param reason a phrase that follows the path, for example {@code must not hold control
 *     characters}
 */
public record ExcludedFile(String path, String reason) {}
