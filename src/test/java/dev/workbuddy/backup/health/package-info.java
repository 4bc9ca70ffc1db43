@NullMarked
package dev.workbuddy.backup.health;

import org.jspecify.annotations.NullMarked;
