/** One graph of all that backups depend on, with the state that each part is in because of it. */
@NullMarked
package dev.workbuddy.backup.control;

import org.jspecify.annotations.NullMarked;
