package dev.workbuddy.backup.config;

/** A document that is YAML but no configuration, whatever its keys. */
final class UnusableYamlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Position at;
  private final String problem;

  UnusableYamlException(Position at, String problem) {
    super(problem);
    this.at = at;
    this.problem = problem;
  }

  Position at() {
    return at;
  }

  String problem() {
    return problem;
  }
}
