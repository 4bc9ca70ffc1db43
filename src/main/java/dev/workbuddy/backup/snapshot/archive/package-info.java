/**
 * The tarball: writing one on several threads, and unpacking one that nobody vouches for. Knows
 * nothing of snapshots or manifests, only of names, bytes and checksums.
 */
@NullMarked
package dev.workbuddy.backup.snapshot.archive;

import org.jspecify.annotations.NullMarked;
