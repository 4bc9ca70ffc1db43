package dev.workbuddy.backup.schedule;

/** Words as the formats of schedulers want them, so that each arrives as it was. */
final class Quoting {
  private Quoting() {}

  /** A value in a systemd unit. */
  static String unit(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
  }

  /** An argument of a systemd unit's command. */
  static String unitArgument(String word) {
    return unit(word).replace("$", "$$");
  }

  /** A word of a crontab's command: a shell reads it after cron took percent signs for newlines. */
  static String crontab(String word) {
    return "'" + word.replace("'", "'\\''").replace("%", "\\%") + "'";
  }

  /** Text in a property list. */
  static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
