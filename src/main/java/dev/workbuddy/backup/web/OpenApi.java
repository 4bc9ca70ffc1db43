package dev.workbuddy.backup.web;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.JsonCalls;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Describes the API in the form of OpenAPI 3.1, out of the capabilities themselves. */
final class OpenApi {
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("get /api/control/graph", "The control graph; force=1 looks at everything now"),
          Map.entry("post /api/control/reprobe", "Looks at everything now and answers the graph"),
          Map.entry("post /api/control/preference", "Says whether a component is wanted"),
          Map.entry("post /api/control/fix/{requirement}", "Repairs a requirement"),
          Map.entry("get /api/snapshots", "The snapshots; remote=1 asks the remotes, too"),
          Map.entry("get /api/snapshots/{id}", "One snapshot with its manifest"),
          Map.entry("get /api/curves", "Sizes and row counts of every snapshot, oldest first"),
          Map.entry("get /api/runs", "The last run, and those that ended"),
          Map.entry("get /api/questions", "What agents ask and nobody has answered"),
          Map.entry("post /api/questions/{code}", "Answers one with {agree: true} or false"),
          Map.entry("get /api/jobs/{id}", "How far a job is"),
          Map.entry("delete /api/jobs/{id}", "Ends a job at its next checkpoint"),
          Map.entry(
              "get /api/jobs/{id}/events",
              "The job's progress as server-sent events until it ends"));

  private final Capabilities capabilities;
  private final Map<String, Class<?>> results;
  private final String version;

  OpenApi(Capabilities capabilities, String version) {
    this.capabilities = capabilities;
    this.results = capabilities.results();
    this.version = version;
  }

  ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
    document.putObject("info").put("title", "wb-backup").put("version", version);
    ObjectNode paths = document.putObject("paths");
    PLAIN.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> plain(paths, each.getKey(), each.getValue()));
    capabilities.all().forEach(each -> capability(paths, each));
    components(document.putObject("components"));
    document.putArray("security").addObject().putArray("token");
    return document;
  }

  private static void plain(ObjectNode paths, String methodAndPath, String summary) {
    int space = methodAndPath.indexOf(' ');
    String path = methodAndPath.substring(space + 1);
    ObjectNode operation =
        paths
            .withObjectProperty(path)
            .putObject(methodAndPath.substring(0, space))
            .put("summary", summary);
    int parameter = path.indexOf('{');
    if (parameter >= 0) {
      ObjectNode described = operation.putArray("parameters").addObject();
      described.put("name", path.substring(parameter + 1, path.indexOf('}'))).put("in", "path");
      described.put("required", true).putObject("schema").put("type", "string");
    }
    answers(operation).putObject("200").put("description", "The answer.");
  }

  private void capability(ObjectNode paths, Capability<?, ?> capability) {
    ObjectNode operation =
        paths.withObjectProperty("/api/capabilities/" + capability.name()).putObject("post");
    operation.put("operationId", capability.name()).put("summary", capability.title());
    operation.put("description", capability.description());
    ObjectNode body = operation.putObject("requestBody").putObject("content");
    body.putObject("application/json").set("schema", JsonCalls.input(capability));
    ObjectNode answers = answers(operation);
    Class<?> result = Objects.requireNonNull(results.get(capability.name()));
    answers
        .putObject("200")
        .put("description", "What came of it, or the plan that wants a confirmation.")
        .putObject("content")
        .putObject("application/json")
        .set("schema", JsonCalls.output(capability, result));
    answers
        .putObject("202")
        .put("description", "A job, where the request said Prefer: respond-async.");
  }

  private static ObjectNode answers(ObjectNode operation) {
    ObjectNode answers = operation.putObject("responses");
    answers.putObject("default").put("$ref", "#/components/responses/Refusal");
    return answers;
  }

  private static void components(ObjectNode components) {
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
    ObjectNode refusal =
        components.putObject("responses").putObject("Refusal").put("description", "Why not.");
    ObjectNode schema =
        refusal.putObject("content").putObject("application/json").putObject("schema");
    ObjectNode error =
        schema
            .put("type", "object")
            .putObject("properties")
            .putObject("error")
            .put("type", "object");
    ObjectNode fields = error.putObject("properties");
    for (String field : new String[] {"code", "message", "hint"}) {
      fields.putObject(field).put("type", "string");
    }
  }
}
