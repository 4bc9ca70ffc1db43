package dev.workbuddy.backup.snapshot.archive;

/**
 * A regular file inside a tarball, as its header declares it.
 *
 * @param name relative, its parts separated by {@code /}; never climbing
 * @param bytes the file's size, not negative
 * @param mode the permission bits, {@code 0} to {@code 0777}
 */
public record ArchiveEntryInfo(String name, long bytes, int mode) {}
