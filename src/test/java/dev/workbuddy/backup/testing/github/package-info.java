/** A stand-in for GitHub on loopback, for the real {@code gh}, and no kinder than GitHub. */
@NullMarked
package dev.workbuddy.backup.testing.github;

import org.jspecify.annotations.NullMarked;
