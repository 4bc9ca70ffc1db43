package dev.workbuddy.backup.testing.github;

import java.util.List;
import java.util.Map;

/** GitHub says no: becomes the answer, with its status and its body. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, Object> body;

  private Refusal(int status, Map<String, Object> body) {
    super(String.valueOf(body));
    this.status = status;
    this.body = body;
  }

  Reply reply() {
    return Reply.json(status, body);
  }

  boolean isForbidden() {
    return status == 403;
  }

  /** What it says. */
  String words() {
    return String.valueOf(body.get("message"));
  }

  static Refusal badCredentials() {
    return of(401, "Bad credentials");
  }

  static Refusal notFound() {
    return of(404, "Not Found");
  }

  /** 422 without the details that validation gives. */
  static Refusal unprocessable(String message) {
    return of(422, message);
  }

  public static Refusal of(int status, String message) {
    return new Refusal(
        status,
        Map.of(
            "message", message, "documentation_url", Hosts.DOCUMENTATION, "status", "" + status));
  }

  /** 422 for a field that something else already has. */
  static Refusal alreadyExists(String resource, String field) {
    return invalid(Map.of("resource", resource, "code", "already_exists", "field", field));
  }

  /** 422 with a message of its own. */
  static Refusal custom(String resource, String field, String message) {
    return invalid(
        Map.of("resource", resource, "code", "custom", "field", field, "message", message));
  }

  static Refusal repositoryNameTaken() {
    return validation(
        "Repository creation failed.",
        Map.of(
            "resource",
            "Repository",
            "code",
            "custom",
            "field",
            "name",
            "message",
            "name already exists on this account"));
  }

  private static Refusal invalid(Map<String, Object> error) {
    return validation("Validation Failed", error);
  }

  private static Refusal validation(String message, Map<String, Object> error) {
    return new Refusal(
        422,
        Map.of(
            "message",
            message,
            "errors",
            List.of(error),
            "documentation_url",
            Hosts.DOCUMENTATION,
            "status",
            "422"));
  }
}
