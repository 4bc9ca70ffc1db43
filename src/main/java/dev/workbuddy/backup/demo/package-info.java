/** A story with a living writer: snapshot, accident, restore, proof. */
@NullMarked
package dev.workbuddy.backup.demo;

import org.jspecify.annotations.NullMarked;
