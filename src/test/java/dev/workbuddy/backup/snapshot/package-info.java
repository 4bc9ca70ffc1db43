@NullMarked
package dev.workbuddy.backup.snapshot;

import org.jspecify.annotations.NullMarked;
