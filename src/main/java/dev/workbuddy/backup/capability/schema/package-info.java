/**
 * What the parameters and results of capabilities look like: JSON schemas, and reading arguments.
 */
@NullMarked
package dev.workbuddy.backup.capability.schema;

import org.jspecify.annotations.NullMarked;
