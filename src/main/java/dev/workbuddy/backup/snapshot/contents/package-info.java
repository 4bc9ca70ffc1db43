/** What a snapshot holds, whoever wrote it. */
@NullMarked
package dev.workbuddy.backup.snapshot.contents;

import org.jspecify.annotations.NullMarked;
