@NullMarked
package dev.workbuddy.backup.io;

import org.jspecify.annotations.NullMarked;
