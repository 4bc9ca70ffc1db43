@NullMarked
package dev.workbuddy.backup.rescue;

import org.jspecify.annotations.NullMarked;
