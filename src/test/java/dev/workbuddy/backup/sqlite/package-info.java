@NullMarked
package dev.workbuddy.backup.sqlite;

import org.jspecify.annotations.NullMarked;
