@NullMarked
package dev.workbuddy.backup.outcome;

import org.jspecify.annotations.NullMarked;
