/** Folders in a directory of this machine, such as a mounted disk. */
@NullMarked
package dev.workbuddy.backup.remote.directory;

import org.jspecify.annotations.NullMarked;
