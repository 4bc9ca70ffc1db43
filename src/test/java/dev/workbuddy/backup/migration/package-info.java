@NullMarked
package dev.workbuddy.backup.migration;

import org.jspecify.annotations.NullMarked;
