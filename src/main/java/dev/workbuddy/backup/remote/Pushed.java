package dev.workbuddy.backup.remote;

/**
 * A snapshot that a remote was proven to hold.
 *
 * @param sentBytes how much had to be sent; 0 where all of it was there already
 */
public record Pushed(RemoteSnapshot snapshot, long sentBytes, Proof proof) {}
