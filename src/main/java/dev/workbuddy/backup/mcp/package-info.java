/** The face for agents: the Model Context Protocol, and the files that make an agent know of it. */
@NullMarked
package dev.workbuddy.backup.mcp;

import org.jspecify.annotations.NullMarked;
