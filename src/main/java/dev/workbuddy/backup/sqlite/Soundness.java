package dev.workbuddy.backup.sqlite;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a database can be relied on; one judgement for everybody who looks into one. */
public enum Soundness {
  /** SQLite finds nothing to object to. */
  SOUND,
  /**
   * Every row of every ordinary table can be read and counted. SQLite objects to something that is
   * derived from the rows, or that is declared of them. Such a database is saved and restored.
   */
  FLAGGED,
  /** Rows cannot be read, or not be counted for certain. */
  UNUSABLE;

  /** The word for it in documents. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worse of two. */
  public Soundness and(Soundness other) {
    return compareTo(other) < 0 ? other : this;
  }
}
