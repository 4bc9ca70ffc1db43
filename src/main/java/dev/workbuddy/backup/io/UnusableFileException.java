package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.Path;

/** What lies where a file is expected is none that can be used. */
public final class UnusableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String why;

  /**
   * @param why in words that follow the file's name: "is a directory, not a file"
   */
  UnusableFileException(Path file, String why) {
    super(file + " " + why);
    this.why = why;
  }

  public String why() {
    return why;
  }
}
