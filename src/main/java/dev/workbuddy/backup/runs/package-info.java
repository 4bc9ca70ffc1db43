/** What is known of runs: the one that goes on, the last one, and those before it. */
@NullMarked
package dev.workbuddy.backup.runs;

import org.jspecify.annotations.NullMarked;
