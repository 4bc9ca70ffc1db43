@NullMarked
package dev.workbuddy.backup.remote.github;

import org.jspecify.annotations.NullMarked;
