@NullMarked
package dev.workbuddy.backup.backup;

import org.jspecify.annotations.NullMarked;
