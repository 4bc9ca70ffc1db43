/** Tests of the guard. */
@NullMarked
package dev.workbuddy.backup.guard;

import org.jspecify.annotations.NullMarked;
