package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Kind;
import dev.workbuddy.backup.config.YamlNode.Scalar;

/** A value that its key does not allow; the problem continues the sentence that the key begins. */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;

  InvalidValueException(String problem) {
    super(problem);
    this.problem = problem;
  }

  static InvalidValueException mustBe(String expected, YamlNode found) {
    if (found.isNothing()) {
      return new InvalidValueException("has no value, but must be " + expected);
    }
    return new InvalidValueException("must be " + expected + ", not " + found.described());
  }

  static InvalidValueException mustBeText(YamlNode found) {
    boolean lacksQuotes =
        found instanceof Scalar scalar
            && (scalar.kind() == Kind.NUMBER || scalar.kind() == Kind.BOOLEAN);
    InvalidValueException plain = mustBe("text", found);
    return lacksQuotes
        ? new InvalidValueException(plain.problem + " (quotes make it text)")
        : plain;
  }

  String problem() {
    return problem;
  }
}
