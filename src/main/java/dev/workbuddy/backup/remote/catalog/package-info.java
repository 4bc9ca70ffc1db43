/** Which remotes there are: those of the configuration, and those that a name means. */
@NullMarked
package dev.workbuddy.backup.remote.catalog;

import org.jspecify.annotations.NullMarked;
