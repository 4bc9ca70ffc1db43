/** The command line: it parses, calls a capability, and renders the result. */
@NullMarked
package dev.workbuddy.backup.cli;

import org.jspecify.annotations.NullMarked;
