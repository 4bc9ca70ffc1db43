package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.RemoteResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What matters of a repository before something is sent to it.
 *
 * @param isPrivate also where all of an enterprise may read it
 * @param visibility {@code PRIVATE}, {@code INTERNAL}, {@code PUBLIC}
 * @param viewerPermission {@code ADMIN}, {@code WRITE}, {@code READ} and the like
 */
record RepositoryState(
    boolean isPrivate,
    String visibility,
    boolean isEmpty,
    boolean isArchived,
    String viewerPermission) {
  private static final String QUERY =
      "query RepositoryInfo($owner: String!, $name: String!) { repository(owner: $owner, name:"
          + " $name) { isPrivate visibility isEmpty isArchived viewerPermission } }";

  private static final Set<String> MAY_WRITE = Set.of("ADMIN", "MAINTAIN", "WRITE");

  /** Another machine made the first commit meanwhile. */
  private static final Pattern NOT_EMPTY_ANY_MORE = Pattern.compile("HTTP 409|HTTP 422");

  private static final String README =
      """
      # Snapshots

      Each release of this repository is a snapshot that wb-backup took of an application's
      databases. `wb-backup restore` brings one back; so do `tar` and `sqlite3` by hand.
      """;

  static RemoteResult<RepositoryState> of(GithubRepository repository) throws InterruptedException {
    return repository
        .gh()
        .ask(
            "use the repository",
            "api",
            "graphql",
            "-f",
            "query=" + QUERY,
            "-f",
            "owner=" + repository.name().owner(),
            "-f",
            "name=" + repository.name().name(),
            "--jq",
            ".data.repository | tojson")
        .then(RepositoryState::read);
  }

  private static RemoteResult<RepositoryState> read(String json) {
    try {
      JsonNode answer = Json.parse(json.getBytes(StandardCharsets.UTF_8));
      if (!answer.isObject()) {
        return RemoteResult.failed(
            RemoteFault.NETWORK,
            "cannot use the repository: GitHub's answer is empty",
            "Try again later; https://githubstatus.com may tell more.");
      }
      return RemoteResult.ok(
          new RepositoryState(
              answer.path("isPrivate").asBoolean(false),
              answer.path("visibility").asString(""),
              answer.path("isEmpty").asBoolean(false),
              answer.path("isArchived").asBoolean(false),
              answer.path("viewerPermission").asString("")));
    } catch (JacksonException e) {
      return RemoteResult.failed(
          json.isBlank() ? RemoteFault.NETWORK : RemoteFault.FAILED,
          "gh's answer cannot be understood: " + Json.words(e),
          "Look for a newer version of wb-backup or gh.");
    }
  }

  /** Refuses a repository that must not be used; other problems become warnings. */
  RemoteResult<Readiness> judge(String place, boolean publicAllowed) {
    if (!isPrivate && !publicAllowed) {
      return RemoteResult.failed(
          RemoteFault.REFUSED,
          place + " is public: everybody could read the snapshots",
          "Make it private on GitHub (Settings, Danger Zone); or set backups.github.allow_public:"
              + " true if it is meant to be public.");
    }
    if (isInternal() && !publicAllowed) {
      return RemoteResult.failed(
          RemoteFault.REFUSED,
          place + " is internal: everybody in the enterprise could read the snapshots",
          "Make it private on GitHub (Settings, Danger Zone); or set backups.github.allow_public:"
              + " true if they are meant to.");
    }
    if (isArchived) {
      return RemoteResult.failed(
          RemoteFault.REFUSED,
          place + " is archived: it can be read, but not written",
          GhErrorClassifier.ARCHIVED);
    }
    if (!MAY_WRITE.contains(viewerPermission)) {
      return RemoteResult.failed(
          RemoteFault.FORBIDDEN,
          place + " can be read with this login, but not written",
          "Log in as somebody who may write to it: `gh auth login`; `gh auth status` shows who is"
              + " logged in.");
    }
    return RemoteResult.ok(
        new Readiness(
            "%s is a %s repository that this login may write to"
                .formatted(place, isInternal() ? "internal" : isPrivate ? "private" : "public"),
            warnings()));
  }

  /** GitHub calls these private as well. */
  private boolean isInternal() {
    return visibility.equals("INTERNAL");
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!isPrivate) {
      warnings.add("it is public: everybody can read the snapshots");
    }
    if (isInternal()) {
      warnings.add("it is internal: everybody in the enterprise can read the snapshots");
    }
    if (isEmpty) {
      warnings.add("it is empty: the first push gives it a README");
    }
    return List.copyOf(warnings);
  }

  /** A repository without a commit can have no releases; this makes the first. */
  RemoteResult<RepositoryState> withFirstCommit(GithubRepository repository)
      throws InterruptedException {
    if (!isEmpty) {
      return RemoteResult.ok(this);
    }
    String content = Base64.getEncoder().encodeToString(README.getBytes(StandardCharsets.UTF_8));
    return repository
        .gh()
        .ask(
            "make the first commit",
            NOT_EMPTY_ANY_MORE,
            "api",
            "-X",
            "PUT",
            "repos/" + repository.name() + "/contents/README.md",
            "-f",
            "message=A place for snapshots",
            "-f",
            "content=" + content)
        .map(_ -> new RepositoryState(isPrivate, visibility, false, isArchived, viewerPermission));
  }
}
