package dev.workbuddy.backup.testing.github;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.workbuddy.backup.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * GitHub's published description of its REST interface, or the part of it that concerns us: what
 * the stand-in answers has to fit. It says nothing of GraphQL, of HEAD and of faults in front.
 */
final class PublishedDescription {
  private static final Map<Operation, String> SCHEMAS =
      Map.ofEntries(
          Map.entry(Operation.API_ROOT, "root"),
          Map.entry(Operation.READ_USER, "private-user"),
          Map.entry(Operation.READ_ACCOUNT, "public-user"),
          Map.entry(Operation.READ_RATE_LIMIT, "rate-limit-overview"),
          Map.entry(Operation.CREATE_OWN_REPOSITORY, "full-repository"),
          Map.entry(Operation.CREATE_ORGANISATION_REPOSITORY, "full-repository"),
          Map.entry(Operation.READ_REPOSITORY, "full-repository"),
          Map.entry(Operation.LIST_TAGS, "git-ref"),
          Map.entry(Operation.LIST_RELEASES, "release"),
          Map.entry(Operation.CREATE_RELEASE, "release"),
          Map.entry(Operation.FIND_RELEASE, "release"),
          Map.entry(Operation.READ_RELEASE, "release"),
          Map.entry(Operation.CHANGE_RELEASE, "release"),
          Map.entry(Operation.UPLOAD_ASSET, "release-asset"),
          Map.entry(Operation.READ_ASSET, "release-asset"));

  private final JsonNode description;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30());
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  PublishedDescription() {
    try (InputStream stream =
        PublishedDescription.class.getResourceAsStream("/github/openapi-subset.json")) {
      if (stream == null) {
        throw new IllegalStateException("the description is not among the resources");
      }
      description = Json.parse(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where an answer does not fit the description, or nothing. */
  List<String> faults(Operation operation, Reply reply) {
    return schemaName(operation, reply)
        .map(name -> faults(name, Json.parse(reply.bytes())))
        .orElse(List.of());
  }

  private static Optional<String> schemaName(Operation operation, Reply reply) {
    if (reply.body().isEmpty() || reply.file() != null) {
      return Optional.empty();
    }
    return switch (reply.status() / 100) {
      case 2 -> Optional.ofNullable(SCHEMAS.get(operation));
      case 4 -> Optional.of(reply.status() == 422 ? "validation-error" : "basic-error");
      default -> Optional.empty();
    };
  }

  private List<String> faults(String schemaName, JsonNode document) {
    Schema schema = schemas.computeIfAbsent(schemaName, this::schema);
    if (document.isArray()) {
      return document.valueStream().flatMap(each -> faults(schema, each).stream()).toList();
    }
    return faults(schema, document);
  }

  /** The description forgets the state of assets whose upload did not end. */
  private static List<String> faults(Schema schema, JsonNode document) {
    return schema.validate(document).stream()
        .filter(error -> !"starter".equals(error.getInstanceNode().asString("")))
        .map(Error::toString)
        .toList();
  }

  private Schema schema(String name) {
    return registry.getSchema(
        SchemaLocation.of("https://api.github.test/description#/components/schemas/" + name),
        description);
  }
}
