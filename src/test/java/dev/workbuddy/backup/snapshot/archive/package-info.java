@NullMarked
package dev.workbuddy.backup.snapshot.archive;

import org.jspecify.annotations.NullMarked;
