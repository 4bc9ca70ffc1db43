/** What tests of several packages share: real databases, real processes, a clock that obeys. */
@NullMarked
package dev.workbuddy.backup.testing;

import org.jspecify.annotations.NullMarked;
