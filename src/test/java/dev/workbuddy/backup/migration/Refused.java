package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the user is told where something is refused. */
final class Refused {
  private Refused() {}

  static BackupException with(ErrorCode code, ThrowingCallable action) {
    BackupException refusal =
        Objects.requireNonNull(catchThrowableOfType(BackupException.class, action));
    assertThat(refusal.code()).as(refusal.text()).isEqualTo(code);
    assertThat(refusal.hint()).isNotBlank();
    return refusal;
  }
}
