/** The control graph: a pure function from what was found to nodes, edges and effective states. */
@NullMarked
package dev.workbuddy.backup.health.control;

import org.jspecify.annotations.NullMarked;
