/** A process that runs jobs by itself. */
@NullMarked
package dev.workbuddy.backup.sidecar;

import org.jspecify.annotations.NullMarked;
