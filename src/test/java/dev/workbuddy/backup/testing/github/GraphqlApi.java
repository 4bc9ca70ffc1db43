package dev.workbuddy.backup.testing.github;

import dev.workbuddy.backup.io.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The queries that {@code gh} asks; it refuses answers with more fields than it asked for. */
final class GraphqlApi {
  private static final Pattern NAME = Pattern.compile("\\s*(query|mutation) (\\w+)");

  private final World world;
  private final Access access;

  GraphqlApi(World world, Access access) {
    this.world = world;
    this.access = access;
  }

  /** Kind and name of the query in a request's body. */
  static String shape(byte[] body) {
    Matcher name = NAME.matcher(Json.parse(body).path("query").asString(""));
    return name.lookingAt() ? name.group(1) + " " + name.group(2) : "";
  }

  Reply answer(Call call) {
    Account caller = access.person(call);
    JsonNode request = call.json();
    JsonNode variables = request.path("variables");
    Object data =
        switch (call.operation()) {
          case QUERY_VIEWER -> Map.of("viewer", Map.of("login", caller.login()));
          case MUTATE_CREATE_REPOSITORY -> create(caller, variables.path("input"));
          default -> ofRepository(call, variables);
        };
    return switch (data) {
      case Reply reply -> reply;
      default ->
          Reply.json(
              200,
              Map.of("data", Selection.of(request.path("query").asString()).from(Json.tree(data))));
    };
  }

  private static Map<String, Object> repository(Map<String, @Nullable Object> fields) {
    return Map.of("repository", fields);
  }

  private Object create(Account owner, JsonNode input) {
    boolean isPrivate = input.path("visibility").asString("").equals("PRIVATE");
    Repository made = world.create(owner, input.path("name").asString(""), isPrivate, false);
    return Map.of("createRepository", repository(info(made, true)));
  }

  private Object ofRepository(Call call, JsonNode variables) {
    String fullName =
        variables.path("owner").asString("") + "/" + variables.path("name").asString("");
    Repository found;
    try {
      found = access.readable(call, fullName);
    } catch (Refusal refused) {
      return refused.isForbidden()
          ? error("FORBIDDEN", refused.words())
          : error(
              "NOT_FOUND", "Could not resolve to a Repository with the name '" + fullName + "'.");
    }
    return switch (call.operation()) {
      case QUERY_REPOSITORY -> repository(info(found, access.mayPush(access.caller(call), found)));
      case QUERY_RELEASE_BY_TAG -> repository(releaseByTag(call, found, variables));
      case QUERY_RELEASE_LIST -> repository(Map.of("releases", releases(found, variables)));
      default -> throw Refusal.notFound();
    };
  }

  private static Reply error(String type, String message) {
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("repository", null);
    Map<String, Object> error =
        Map.of(
            "type",
            type,
            "path",
            List.of("repository"),
            "locations",
            List.of(Map.of("line", 1, "column", 9)),
            "message",
            message);
    return Reply.json(200, Map.of("data", data, "errors", List.of(error)));
  }

  private static Map<String, @Nullable Object> info(Repository repository, boolean mayPush) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("id", "R_" + repository.id);
    fields.put("name", repository.name);
    fields.put("nameWithOwner", repository.fullName());
    fields.put("owner", Map.of("id", "U_1", "login", repository.owner.login()));
    fields.put("url", Hosts.WEB + "/" + repository.fullName());
    fields.put("isPrivate", repository.isPrivate);
    fields.put("visibility", repository.visibility().toUpperCase(Locale.ROOT));
    fields.put("isArchived", repository.isArchived);
    fields.put("isEmpty", repository.isEmpty());
    fields.put("defaultBranchRef", repository.isEmpty() ? null : Map.of("name", "main"));
    fields.put("viewerPermission", mayPush ? "ADMIN" : "READ");
    return fields;
  }

  /** Unlike the REST interface, this one also finds a draft by the tag that it wishes for. */
  private Map<String, @Nullable Object> releaseByTag(
      Call call, Repository repository, JsonNode variables) {
    String tag = variables.path("tagName").asString("");
    Optional<Release> release = repository.published(tag);
    if (access.mayPush(access.caller(call), repository)) {
      release = release.or(() -> draft(repository, tag));
    }
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put(
        "release",
        release.map(found -> Map.of("databaseId", found.id, "isDraft", found.draft)).orElse(null));
    return fields;
  }

  private static Optional<Release> draft(Repository repository, String tag) {
    return repository.releases.stream().filter(release -> release.tag.equals(tag)).findFirst();
  }

  private static Map<String, Object> releases(Repository repository, JsonNode variables) {
    List<Release> all =
        repository.releases.stream().sorted(Comparator.comparingLong(r -> -r.id)).toList();
    int from = Integer.parseInt(variables.path("endCursor").asString("0"));
    int to = Math.min(from + variables.path("perPage").asInt(30), all.size());
    Map<String, Object> page =
        Map.of("hasNextPage", to < all.size(), "endCursor", Integer.toString(to));
    return Map.of(
        "nodes",
        all.subList(from, to).stream().map(release -> node(repository, release)).toList(),
        "pageInfo",
        page);
  }

  private static Map<String, @Nullable Object> node(Repository repository, Release release) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("name", release.name);
    fields.put("tagName", release.tag);
    fields.put("isDraft", release.draft);
    fields.put("isLatest", false);
    fields.put("isPrerelease", false);
    fields.put("createdAt", repository.committedAt);
    fields.put("publishedAt", release.publishedAt);
    return fields;
  }
}
