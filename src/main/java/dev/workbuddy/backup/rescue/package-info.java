/** Brings back lost rows, keeping what is newer. */
@NullMarked
package dev.workbuddy.backup.rescue;

import org.jspecify.annotations.NullMarked;
