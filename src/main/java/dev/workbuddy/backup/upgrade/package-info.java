/** Bringing the live databases up their ladders, with a snapshot first. */
@NullMarked
package dev.workbuddy.backup.upgrade;

import org.jspecify.annotations.NullMarked;
