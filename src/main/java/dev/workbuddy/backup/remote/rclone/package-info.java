/** Folders that rclone reaches. */
@NullMarked
package dev.workbuddy.backup.remote.rclone;

import org.jspecify.annotations.NullMarked;
