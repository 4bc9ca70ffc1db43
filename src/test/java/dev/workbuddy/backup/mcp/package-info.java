/** The face for agents, spoken to as agents do. */
@NullMarked
package dev.workbuddy.backup.mcp;

import org.jspecify.annotations.NullMarked;
