/** What the user wants, what it needs, whether it works, and how it is repaired. */
@NullMarked
package dev.workbuddy.backup.health;

import org.jspecify.annotations.NullMarked;
