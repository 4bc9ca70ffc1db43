@NullMarked
package dev.workbuddy.backup.signals;

import org.jspecify.annotations.NullMarked;
