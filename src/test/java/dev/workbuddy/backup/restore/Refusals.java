package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the user is told where something is refused. */
final class Refusals {
  private Refusals() {}

  /** The refusal; fails the test where the action went through or broke in another way. */
  static BackupException of(ThrowingCallable action) {
    return Objects.requireNonNull(catchThrowableOfType(BackupException.class, action));
  }
}
