/** Rehearses restores of what remotes and the history hold, and records what came of it. */
@NullMarked
package dev.workbuddy.backup.drill;

import org.jspecify.annotations.NullMarked;
