package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.io.SafeText;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Lines with their time in front; whoever starts the sidecar keeps them. */
record Log(InstantSource clock, Consumer<String> lines, boolean quiet) {
  /** Writes a line unless the log is quiet. */
  void mention(String text) {
    if (!quiet) {
      say(text);
    }
  }

  void say(String text) {
    String safe = SafeText.joined(text);
    lines.accept(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + safe);
  }
}
