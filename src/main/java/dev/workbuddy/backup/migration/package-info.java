/**
 * Ladders of schema versions, and climbing them. Needs nothing but a SQLite file, so an application
 * may use it on its live databases when it starts.
 */
@NullMarked
package dev.workbuddy.backup.migration;

import org.jspecify.annotations.NullMarked;
