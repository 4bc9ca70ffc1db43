/** Asks a database of a snapshot in SQL that can only read, in a process of its own. */
@NullMarked
package dev.workbuddy.backup.query;

import org.jspecify.annotations.NullMarked;
