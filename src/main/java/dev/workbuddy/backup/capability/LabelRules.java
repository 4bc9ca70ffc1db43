package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.VisibleText;
import org.jspecify.annotations.Nullable;

/** Short texts of users, which later stand in tables and on terminals. */
final class LabelRules {
  private static final int MOST = 200;

  private LabelRules() {}

  /**
   * Refuses what could forge lines or drive a terminal.
   *
   * @param what the parameter's name, for the message
   */
  static void require(String what, @Nullable String text) {
    if (text == null) {
      return;
    }
    boolean plain = text.codePoints().noneMatch(VisibleText::isHidden);
    if (!plain || text.length() > MOST) {
      throw new BackupException(
          ErrorCode.USAGE,
          "the " + what + (plain ? " is too long" : " holds control characters"),
          "Give at most " + MOST + " characters that can be seen, on one line.");
    }
  }
}
