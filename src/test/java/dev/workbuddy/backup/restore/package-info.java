@NullMarked
package dev.workbuddy.backup.restore;

import org.jspecify.annotations.NullMarked;
