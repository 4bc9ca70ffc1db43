/** How operations end: a status with its exit code, or an error with its hint. */
@NullMarked
package dev.workbuddy.backup.outcome;

import org.jspecify.annotations.NullMarked;
