/** When jobs are due, what their files say, and how the system starts them. */
@NullMarked
package dev.workbuddy.backup.schedule;

import org.jspecify.annotations.NullMarked;
