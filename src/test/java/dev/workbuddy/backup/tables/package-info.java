@NullMarked
package dev.workbuddy.backup.tables;

import org.jspecify.annotations.NullMarked;
