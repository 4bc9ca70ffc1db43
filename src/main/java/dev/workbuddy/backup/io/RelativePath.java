package dev.workbuddy.backup.io;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * The name of something below a directory, with {@code /} between its parts. It is safe wherever it
 * came from: it is never absolute or empty, never climbs, and holds no control characters. Read
 * from JSON, any other text makes the document unusable.
 */
public record RelativePath(@JsonValue String text) {
  /** Where the text is no such name. */
  @JsonCreator
  public RelativePath {
    String name = text;
    SafeNames.problem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "\"%s\" %s".formatted(SafeText.line(name), problem));
            });
  }

  /** The name that a text spells; empty where it is none that is safe. */
  public static Optional<RelativePath> parse(String text) {
    return SafeNames.problem(text).isPresent()
        ? Optional.empty()
        : Optional.of(new RelativePath(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
