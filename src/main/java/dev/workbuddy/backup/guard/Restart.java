package dev.workbuddy.backup.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A database was put back: from here on it is compared with what was put back, and with what came
 * after.
 *
 * @param state what was put back; null where nobody knows, and the next look is a first one
 */
record Restart(Instant since, @Nullable DatabaseState state) {}
