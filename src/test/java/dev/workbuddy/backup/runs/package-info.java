@NullMarked
package dev.workbuddy.backup.runs;

import org.jspecify.annotations.NullMarked;
