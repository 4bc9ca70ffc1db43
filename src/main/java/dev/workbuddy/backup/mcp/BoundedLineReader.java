package dev.workbuddy.backup.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of bounded length. */
final class BoundedLineReader {
  private final InputStream in;
  private final int longest;

  /** Reads from a stream, which should be buffered. */
  BoundedLineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /**
   * One line.
   *
   * @param text without the space around it; empty where it is too long, and was skipped
   */
  record Line(String text, boolean tooLong) {}

  /** The next line; empty at the end. */
  Optional<Line> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      if (length++ < longest) {
        line.write(next);
      }
    }
    if (next < 0 && length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        length > longest
            ? new Line("", true)
            : new Line(line.toString(StandardCharsets.UTF_8).strip(), false));
  }
}
