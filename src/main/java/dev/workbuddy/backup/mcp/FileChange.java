package dev.workbuddy.backup.mcp;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Locale;

/** What became of one file that an agent reads. */
public record FileChange(Path file, Kind change) {

  /** The ways in which an installation leaves a file. */
  public enum Kind {
    WRITTEN,
    UPDATED,
    UNCHANGED,
    /** Somebody has edited it, so it was left alone. */
    KEPT;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
