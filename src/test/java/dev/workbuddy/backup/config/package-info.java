@NullMarked
package dev.workbuddy.backup.config;

import org.jspecify.annotations.NullMarked;
