/** Snapshots as releases of a GitHub repository, by the user's own {@code gh}. */
@NullMarked
package dev.workbuddy.backup.remote.github;

import org.jspecify.annotations.NullMarked;
