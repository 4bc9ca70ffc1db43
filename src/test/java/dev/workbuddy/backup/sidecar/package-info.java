/** Tests of the sidecar. */
@NullMarked
package dev.workbuddy.backup.sidecar;

import org.jspecify.annotations.NullMarked;
