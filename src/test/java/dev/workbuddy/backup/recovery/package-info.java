@NullMarked
package dev.workbuddy.backup.recovery;

import org.jspecify.annotations.NullMarked;
