/** Tests of the room for jobs and schedules. */
@NullMarked
package dev.workbuddy.backup.schedule;

import org.jspecify.annotations.NullMarked;
