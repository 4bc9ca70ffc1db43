package dev.workbuddy.backup.web;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Status;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is not answered as it wished.
 *
 * @param http the status code
 * @param code a stable word: an error code of the program, or one of HTTP's own
 * @param hint what to do instead
 */
record HttpProblem(int http, Status status, String code, String message, String hint) {
  /** One that the program's own errors do not know. */
  public static HttpProblem of(int http, String code, String message, String hint) {
    return new HttpProblem(http, Status.REFUSED, code, message, hint);
  }

  public static HttpProblem of(BackupException error) {
    return new HttpProblem(
        http(error), error.code().status(), error.code().word(), error.text(), error.hint());
  }

  private static int http(BackupException error) {
    return switch (error.code()) {
      case SNAPSHOT_NOT_FOUND, ALARM_NOT_FOUND, DATABASE_UNKNOWN, TABLE_UNKNOWN -> 404;
      case NOTHING_TO_ROLL_BACK -> 404;
      default ->
          switch (error.code().status()) {
            case USAGE -> 400;
            case REFUSED -> 409;
            case BUSY -> 423;
            case DAMAGED -> 422;
            case INTERRUPTED -> 503;
            case DONE, FAILED, INCOMPLETE -> 500;
          };
    };
  }

  /** Returns the document that the other faces answer with, too. */
  ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("status", status.word());
    document.putObject("error").put("code", code).put("message", message).put("hint", hint);
    return document;
  }

  /** Ends the handling of a request with this. */
  public RefusedException asException() {
    return new RefusedException(this);
  }

  /** Carries a refusal out of a handler. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient HttpProblem problem;

    private RefusedException(HttpProblem problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }

    HttpProblem refusal() {
      return problem;
    }
  }
}
