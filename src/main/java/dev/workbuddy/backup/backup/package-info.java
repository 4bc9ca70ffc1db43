/** The use case of taking a snapshot. */
@NullMarked
package dev.workbuddy.backup.backup;

import org.jspecify.annotations.NullMarked;
