/** Freezing, copying, inspecting and checking SQLite databases. */
@NullMarked
package dev.workbuddy.backup.sqlite;

import org.jspecify.annotations.NullMarked;
