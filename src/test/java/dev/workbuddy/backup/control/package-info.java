@NullMarked
package dev.workbuddy.backup.control;

import org.jspecify.annotations.NullMarked;
