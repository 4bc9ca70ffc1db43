package dev.workbuddy.backup.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where a value comes from.
 *
 * @param source a configuration file's name, an environment variable, or {@code default}
 * @param line counted from 1; 0 where the source has no lines
 */
record Position(String source, int line) {

  /** How the source of a value begins that a profile of this program's own gives. */
  static final String PROFILE = "profile ";

  static final Position DEFAULT = new Position("default", 0);

  static Position environment(String variable) {
    return new Position("environment " + variable, 0);
  }

  static Position in(String file, Optional<Mark> mark) {
    return new Position(file, mark.map(place -> place.getLine() + 1).orElse(0));
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
