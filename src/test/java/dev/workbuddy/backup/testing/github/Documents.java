package dev.workbuddy.backup.testing.github;

import dev.workbuddy.backup.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What GitHub's REST interface shows of its things, in its published form. */
final class Documents {
  private Documents() {}

  static JsonNode root() {
    return filled("root", Map.of());
  }

  static JsonNode account(Account account, String form) {
    return filled(
        form, Map.of("id", account.id(), "login", account.login(), "type", account.type()));
  }

  static JsonNode repository(Repository repository, boolean mayPush) {
    return filled(
        "repository",
        Map.of(
            "id",
            repository.id,
            "name",
            repository.name,
            "full_name",
            repository.fullName(),
            "owner",
            account(repository.owner, "simple-user"),
            "private",
            repository.isPrivate,
            "visibility",
            repository.visibility(),
            "size",
            repository.isEmpty() ? 0 : 1,
            "push",
            mayPush));
  }

  static Map<String, @Nullable Object> release(Repository repository, Release release) {
    String url = Hosts.API + "/repos/" + repository.fullName() + "/releases/" + release.id;
    String web = Hosts.WEB + "/" + repository.fullName() + "/releases/";
    Instant commit = repository.committedAt == null ? Instant.EPOCH : repository.committedAt;
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("url", url);
    document.put("html_url", web + "tag/" + release.tag);
    document.put("assets_url", url + "/assets");
    document.put("upload_url", url.replace(Hosts.API, Hosts.UPLOADS) + "/assets{?name,label}");
    document.put("tarball_url", release.draft ? null : url + "/tarball");
    document.put("zipball_url", release.draft ? null : url + "/zipball");
    document.put("id", release.id);
    document.put("node_id", "RE_" + release.id);
    document.put("tag_name", release.tag);
    document.put("target_commitish", "main");
    document.put("name", release.name);
    document.put("body", release.body);
    document.put("draft", release.draft);
    document.put("prerelease", false);
    document.put("immutable", release.immutable);
    document.put("created_at", commit);
    document.put("published_at", release.publishedAt);
    document.put("author", account(repository.owner, "simple-user"));
    document.put(
        "assets", release.assets.stream().map(asset -> asset(repository, release, asset)).toList());
    return document;
  }

  static Map<String, @Nullable Object> asset(Repository repository, Release release, Asset asset) {
    String url = Hosts.API + "/repos/" + repository.fullName() + "/releases/assets/" + asset.id();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("url", url);
    document.put(
        "browser_download_url",
        Hosts.WEB
            + "/%s/releases/download/%s/%s"
                .formatted(repository.fullName(), release.tag, asset.name()));
    document.put("id", asset.id());
    document.put("node_id", "RA_" + asset.id());
    document.put("name", asset.name());
    document.put("label", "");
    document.put("state", asset.state());
    document.put("content_type", asset.contentType());
    document.put("size", asset.size());
    document.put("digest", asset.sha256() == null ? null : "sha256:" + asset.sha256());
    document.put("download_count", 0);
    document.put("created_at", asset.createdAt());
    document.put("updated_at", asset.createdAt());
    document.put("uploader", account(repository.owner, "simple-user"));
    return document;
  }

  static Map<String, Object> tag(Repository repository, String tag) {
    String url = Hosts.API + "/repos/" + repository.fullName() + "/git/";
    String commit = "%040x".formatted(repository.id);
    return Map.of(
        "ref",
        "refs/tags/" + tag,
        "node_id",
        "REF_" + tag,
        "url",
        url + "refs/tags/" + tag,
        "object",
        Map.of("type", "commit", "sha", commit, "url", url + "commits/" + commit));
  }

  static Map<String, Object> rateLimit(int remaining, Instant reset) {
    Map<String, Object> rate =
        Map.of(
            "limit",
            5000,
            "used",
            5000 - remaining,
            "remaining",
            remaining,
            "reset",
            reset.getEpochSecond());
    return Map.of("resources", Map.of("core", rate, "search", rate, "graphql", rate), "rate", rate);
  }

  static List<Map<String, @Nullable Object>> releases(Repository repository, List<Release> page) {
    return page.stream().map(release -> release(repository, release)).toList();
  }

  private static JsonNode filled(String template, Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("api", Hosts.API);
    all.put("web", Hosts.WEB);
    String text = resource(template);
    for (Map.Entry<String, Object> value : all.entrySet()) {
      text = text.replace("{{" + value.getKey() + "}}", value.getValue().toString());
    }
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(String name) {
    try (InputStream stream = Documents.class.getResourceAsStream("/github/" + name + ".json")) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
