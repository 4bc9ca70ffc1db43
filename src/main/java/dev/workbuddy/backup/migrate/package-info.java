/** Brings the live databases to the newest schema version, with a snapshot first. */
@NullMarked
package dev.workbuddy.backup.migrate;

import org.jspecify.annotations.NullMarked;
