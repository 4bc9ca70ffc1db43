package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Short texts of users, which later stand in tables and on terminals. */
final class Words {
  private static final int MOST = 200;

  private Words() {}

  /**
   * Refuses what could forge lines or drive a terminal.
   *
   * @param what the parameter's name, for the message
   */
  static void require(String what, @Nullable String text) {
    if (text == null) {
      return;
    }
    boolean plain = text.codePoints().noneMatch(Words::isControl);
    if (!plain || text.length() > MOST) {
      throw new BackupException(
          ErrorCode.USAGE,
          "the " + what + (plain ? " is too long" : " holds control characters"),
          "Give at most " + MOST + " characters on one line.");
    }
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
  }
}
