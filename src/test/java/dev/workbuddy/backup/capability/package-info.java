/** Every operation, as faces see it. */
@NullMarked
package dev.workbuddy.backup.capability;

import org.jspecify.annotations.NullMarked;
