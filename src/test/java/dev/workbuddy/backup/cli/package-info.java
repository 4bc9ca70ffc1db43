/** The command line as its user meets it. */
@NullMarked
package dev.workbuddy.backup.cli;

import org.jspecify.annotations.NullMarked;
