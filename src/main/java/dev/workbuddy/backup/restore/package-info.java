/** The use cases of checking a snapshot and putting one back. */
@NullMarked
package dev.workbuddy.backup.restore;

import org.jspecify.annotations.NullMarked;
