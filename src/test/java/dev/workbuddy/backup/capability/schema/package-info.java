/** Arguments read, and schemas of parameters and results. */
@NullMarked
package dev.workbuddy.backup.capability.schema;

import org.jspecify.annotations.NullMarked;
