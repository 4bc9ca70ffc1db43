package dev.workbuddy.backup.remote;

import org.jspecify.annotations.Nullable;

/**
 * One file of a snapshot in a remote.
 *
 * @param name without any directory
 * @param sha256 64 hexadecimal digits, as the remote computed it; null where it does not say
 */
public record RemoteFile(String name, long bytes, @Nullable String sha256) {}
