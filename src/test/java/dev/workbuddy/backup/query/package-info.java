@NullMarked
package dev.workbuddy.backup.query;

import org.jspecify.annotations.NullMarked;
