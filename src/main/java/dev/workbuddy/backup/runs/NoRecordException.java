package dev.workbuddy.backup.runs;

import tools.jackson.core.JacksonException;

/** A JSON document that is no record of a run. */
final class NoRecordException extends JacksonException {
  private static final long serialVersionUID = 1L;

  NoRecordException(String why) {
    super(why);
  }
}
