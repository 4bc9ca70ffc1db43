package dev.workbuddy.backup.snapshot.archive;

/**
 * A finished tarball.
 *
 * @param bytes its size on disk
 * @param sha256 of the tarball itself, in lower-case hex
 */
public record ArchiveDigest(long bytes, String sha256) {}
