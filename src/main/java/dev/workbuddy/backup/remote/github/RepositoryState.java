package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.RemoteFault;
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
 * @param viewerPermission {@code ADMIN}, {@code WRITE}, {@code READ} and the like
 */
record RepositoryState(boolean isPrivate, boolean isEmpty, String viewerPermission) {
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
            "repo",
            "view",
            repository.name().toString(),
            "--json",
            "isPrivate,isEmpty,viewerPermission")
        .then(RepositoryState::read);
  }

  private static RemoteResult<RepositoryState> read(String json) {
    try {
      JsonNode answer = Json.parse(json.getBytes(StandardCharsets.UTF_8));
      return RemoteResult.ok(
          new RepositoryState(
              answer.path("isPrivate").asBoolean(false),
              answer.path("isEmpty").asBoolean(false),
              answer.path("viewerPermission").asString("")));
    } catch (JacksonException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "gh's answer cannot be understood: " + Json.words(e),
          "Look for a newer version of wb-backup or gh.");
    }
  }

  /** Refuses what must not be used; the rest is told as warnings. */
  RemoteResult<Readiness> judge(String place, boolean publicAllowed) {
    if (!isPrivate && !publicAllowed) {
      return RemoteResult.failed(
          RemoteFault.REFUSED,
          place + " is public: everybody could read the snapshots",
          "Make it private on GitHub (Settings, Danger Zone); or set backups.github.allow_public:"
              + " true if it is meant to be public.");
    }
    if (!MAY_WRITE.contains(viewerPermission)) {
      return RemoteResult.failed(
          RemoteFault.UNAUTHENTICATED,
          place + " can be read with this login, but not written",
          "Log in as somebody who may write to it: `gh auth login`; `gh auth status` shows who is"
              + " logged in.");
    }
    return RemoteResult.ok(
        new Readiness(
            "%s is a %s repository that this login may write to"
                .formatted(place, isPrivate ? "private" : "public"),
            warnings()));
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!isPrivate) {
      warnings.add("it is public: everybody can read the snapshots");
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
        .map(_ -> new RepositoryState(isPrivate, false, viewerPermission));
  }
}
