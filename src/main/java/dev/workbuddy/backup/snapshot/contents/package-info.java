/** Knows what a snapshot of any writer holds. */
@NullMarked
package dev.workbuddy.backup.snapshot.contents;

import org.jspecify.annotations.NullMarked;
