package dev.workbuddy.backup.io;

import tools.jackson.core.JacksonException;

/** A document that is JSON, and not what was expected. */
public final class UnusableDocumentException extends JacksonException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why in words that follow the document's name: "it has no time"
   */
  public UnusableDocumentException(String why) {
    super(why);
  }
}
