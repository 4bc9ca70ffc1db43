/** Compares two snapshots, or a snapshot and the live databases, row by row. */
@NullMarked
package dev.workbuddy.backup.diff;

import org.jspecify.annotations.NullMarked;
