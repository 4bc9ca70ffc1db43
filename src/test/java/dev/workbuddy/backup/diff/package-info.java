@NullMarked
package dev.workbuddy.backup.diff;

import org.jspecify.annotations.NullMarked;
