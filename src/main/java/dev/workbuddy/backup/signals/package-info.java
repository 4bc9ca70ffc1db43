/** Who learns of runs: the user's own commands, a watcher on the web, Prometheus. */
@NullMarked
package dev.workbuddy.backup.signals;

import org.jspecify.annotations.NullMarked;
