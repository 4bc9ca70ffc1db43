@NullMarked
package dev.workbuddy.backup.retention;

import org.jspecify.annotations.NullMarked;
