package dev.workbuddy.backup.snapshot.archive;

/**
 * A file as it went into a tarball.
 *
 * @param name its path inside the tarball, with {@code /} between the parts
 * @param sha256 of the bytes that were archived, in lower-case hex
 */
public record ArchivedFile(String name, long bytes, String sha256) {}
