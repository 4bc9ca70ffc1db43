@NullMarked
package dev.workbuddy.backup.health.control;

import org.jspecify.annotations.NullMarked;
