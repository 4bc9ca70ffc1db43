/** Typed settings from YAML files, with every problem found at once. */
@NullMarked
package dev.workbuddy.backup.config;

import org.jspecify.annotations.NullMarked;
