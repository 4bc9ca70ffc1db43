/**
 * Remotes that keep files in folders: pushing, listing, proving and sweeping, whatever stores the
 * files.
 */
@NullMarked
package dev.workbuddy.backup.remote.folder;

import org.jspecify.annotations.NullMarked;
