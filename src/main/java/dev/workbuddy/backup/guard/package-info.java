/**
 * Notices when data disappears: compares snapshots, raises alarms, keeps them until a person acts.
 */
@NullMarked
package dev.workbuddy.backup.guard;

import org.jspecify.annotations.NullMarked;
