package dev.workbuddy.backup.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length. */
final class Lines {
  private final InputStream in;
  private final int longest;

  /** Reads from a stream, which should be buffered. */
  Lines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The next line, or empty where it is too long and was skipped; null at the end. */
  @Nullable Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      if (length++ < longest) {
        line.write(next);
      }
    }
    if (next < 0 && length == 0) {
      return null;
    }
    return length > longest
        ? Optional.empty()
        : Optional.of(line.toString(StandardCharsets.UTF_8).strip());
  }
}
