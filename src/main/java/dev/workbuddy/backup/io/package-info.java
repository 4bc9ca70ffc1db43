/** Durable files, processes, locks between processes, and who holds a file open. */
@NullMarked
package dev.workbuddy.backup.io;

import org.jspecify.annotations.NullMarked;
