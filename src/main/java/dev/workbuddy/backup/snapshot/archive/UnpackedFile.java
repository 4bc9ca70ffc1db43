package dev.workbuddy.backup.snapshot.archive;

import java.nio.file.Path;

/**
 * A file that was unpacked: complete, synced to disk and closed.
 *
 * @param path where it was written
 * @param sha256 of what was written, in lower-case hex
 * @param mode the permission bits that the tarball asks for; not applied to the file
 */
public record UnpackedFile(String name, Path path, long bytes, String sha256, int mode) {}
