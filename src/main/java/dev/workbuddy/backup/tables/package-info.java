/**
 * Opens databases of snapshots and live ones beside each other, and describes their tables, columns
 * and values.
 */
@NullMarked
package dev.workbuddy.backup.tables;

import org.jspecify.annotations.NullMarked;
