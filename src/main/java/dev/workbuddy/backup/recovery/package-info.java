/** Looking into snapshots beside the live data, and bringing back what the live data lost. */
@NullMarked
package dev.workbuddy.backup.recovery;

import org.jspecify.annotations.NullMarked;
