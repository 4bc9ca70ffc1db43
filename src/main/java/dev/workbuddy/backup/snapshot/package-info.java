/** What a snapshot is: its id, its manifest, its tarball, and the local store of them. */
@NullMarked
package dev.workbuddy.backup.snapshot;

import org.jspecify.annotations.NullMarked;
