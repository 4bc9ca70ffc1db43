package dev.workbuddy.backup.io;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The name of something below a directory, with {@code /} between its parts. Whoever has one need
 * not ask where it came from: it is never absolute or empty, never climbs, and holds no control
 * characters. Read from JSON, any other text makes the document unusable.
 */
public record RelativePath(@JsonValue String text) implements Comparable<RelativePath> {
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

  /** Whether it is a single name. */
  public boolean isName() {
    return text.indexOf('/') < 0;
  }

  /** Its place below a directory. Links on the way are followed by whoever uses that. */
  public Path under(Path directory) {
    Path place = directory;
    for (String part : text.split("/", -1)) {
      place = place.resolve(part);
    }
    return place;
  }

  /**
   * Its place below a directory if no directory on the way there is a link.
   *
   * @return empty where one is, or is not there, or where this system cannot have such a name
   */
  public Optional<Path> within(Path directory) {
    try {
      Path place = under(directory);
      for (Path above = place.getParent();
          above != null && !above.equals(directory);
          above = above.getParent()) {
        if (Files.isSymbolicLink(above) || !Files.isDirectory(above)) {
          return Optional.empty();
        }
      }
      return Optional.of(place);
    } catch (InvalidPathException impossibleHere) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(RelativePath other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
