package dev.workbuddy.backup.schedule;

/** What a job file asks for cannot be done; the problem begins with the key. */
final class UnusableJobException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;

  UnusableJobException(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
