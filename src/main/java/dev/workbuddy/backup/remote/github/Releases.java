package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** Asks GitHub about the releases and tags of one repository, and changes single ones. */
final class Releases {
  private static final Pattern NOT_THERE = Pattern.compile("HTTP 404");
  private static final Pattern NO_SUCH_TAG =
      Pattern.compile("Reference does not exist|HTTP 404", Pattern.CASE_INSENSITIVE);
  private static final Pattern GONE =
      Pattern.compile("release not found|Reference does not exist", Pattern.CASE_INSENSITIVE);
  private static final Pattern EMPTY = Pattern.compile("HTTP 409");

  /** GitHub ends long listings like this, in a repository with more releases than it lists. */
  private static final Pattern CAPPED = Pattern.compile("Only the first \\d+ results");

  private static final String MARK = "release ";

  /** Told once for each page: what tells none did not answer, whatever its status. */
  private static final String PAGE = "page";

  private static final String ONE = "\"" + MARK + "\" + (" + Release.FIELDS + " | tojson)";

  private final Gh gh;
  private final RepositoryName repository;
  private final String path;
  private final Path scratch;

  Releases(Gh gh, RepositoryName repository, Path scratch) {
    this.gh = gh;
    this.repository = repository;
    this.path = "repos/" + repository;
    this.scratch = scratch;
  }

  /** All releases, drafts included, or as many as GitHub lists. */
  record Found(List<Release> releases, boolean whole) {}

  RemoteResult<Found> all() throws InterruptedException {
    return gh.ask(
            "list the snapshots",
            CAPPED,
            "api",
            path + "/releases?per_page=100",
            "--paginate",
            "--jq",
            "\"" + PAGE + "\", (.[] | " + ONE + ")")
        .then(Releases::answered)
        .then(answer -> releases(answer.text()).map(list -> new Found(list, answer.ok())));
  }

  /** An empty answer with a good status is a broken one: nothing may be concluded from it. */
  private static RemoteResult<Gh.Answer> answered(Gh.Answer answer) {
    return answer.text().lines().anyMatch(PAGE::equals)
        ? RemoteResult.ok(answer)
        : RemoteResult.failed(
            RemoteFault.NETWORK,
            "cannot list the snapshots: GitHub's answer is empty",
            "Try again later; https://githubstatus.com may tell more.");
  }

  private static RemoteResult<List<Release>> releases(String text) {
    try {
      return RemoteResult.ok(
          text.lines()
              .filter(line -> line.startsWith(MARK))
              .map(line -> Release.read(line.substring(MARK.length())))
              .toList());
    } catch (JacksonException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "GitHub's listing cannot be understood: " + Json.words(e),
          "Look for a newer version of wb-backup or gh.");
    }
  }

  /** The published release of a tag. */
  RemoteResult<Optional<Release>> published(String tag) throws InterruptedException {
    return gh.ask("look at " + tag, NOT_THERE, "api", path + "/releases/tags/" + tag, "--jq", ONE)
        .then(answer -> releases(answer.text()).map(list -> list.stream().findFirst()));
  }

  /** A release by its number, drafts included; empty where it is not there any more. */
  RemoteResult<Optional<Release>> numbered(long id) throws InterruptedException {
    return gh.ask("look at release " + id, NOT_THERE, "api", path + "/releases/" + id, "--jq", ONE)
        .then(answer -> releases(answer.text()).map(list -> list.stream().findFirst()));
  }

  /** Deletes a release by its number, which is unambiguous where several drafts have one tag. */
  RemoteResult<Release> delete(Release release) throws InterruptedException {
    return gh.ask(
            "delete what is left of " + release.tagName(),
            NOT_THERE,
            "api",
            "-X",
            "DELETE",
            path + "/releases/" + release.id())
        .map(_ -> release);
  }

  /** Deletes the published release of a tag, and the tag; what is not there is no failure. */
  RemoteResult<String> deletePublished(String tag) throws InterruptedException {
    return gh.ask(
            "delete " + tag,
            GONE,
            "release",
            "delete",
            tag,
            "--yes",
            "--cleanup-tag",
            "-R",
            repository.toString())
        .then(answer -> answer.ok() ? RemoteResult.ok(tag) : deleteTag(tag));
  }

  /** Deletes a tag. A published release would become a draft by that. */
  private RemoteResult<String> deleteTag(String tag) throws InterruptedException {
    return gh.ask(
            "delete the tag " + tag,
            NO_SUCH_TAG,
            "api",
            "-X",
            "DELETE",
            path + "/git/refs/tags/" + tag)
        .map(_ -> tag);
  }

  /** Deletes a tag that no release belongs to; one that belongs to a release stays. */
  RemoteResult<Boolean> deleteBareTag(String tag) throws InterruptedException {
    return published(tag)
        .then(found -> found.isPresent() ? RemoteResult.ok(false) : deleteTag(tag).map(_ -> true));
  }

  /** Deletes one file of a release, so that another can take its name. */
  RemoteResult<Release> deleteAsset(Release release, Release.Asset asset)
      throws InterruptedException {
    return gh.ask(
            "replace %s of %s".formatted(asset.name(), release.tagName()),
            NOT_THERE,
            "api",
            "-X",
            "DELETE",
            path + "/releases/assets/" + asset.id())
        .map(_ -> release);
  }

  /**
   * Makes a draft public under a tag.
   *
   * @param taken a complaint that is no failure: somebody else has the tag
   */
  RemoteResult<Gh.Answer> publish(Release draft, String tag, Pattern taken)
      throws InterruptedException {
    return gh.ask(
        "publish " + tag,
        taken,
        "api",
        "-X",
        "PATCH",
        path + "/releases/" + draft.id(),
        "-F",
        "draft=false",
        "-f",
        "tag_name=" + tag,
        "--jq",
        ".id");
  }

  /** The tags that begin like those of snapshots. */
  RemoteResult<List<String>> tags() throws InterruptedException {
    return gh.ask(
            "list the tags",
            EMPTY,
            "api",
            path + "/git/matching-refs/tags/" + SnapshotTag.PREFIX,
            "--paginate",
            "--jq",
            ".[]? | .ref? // empty")
        .map(answer -> answer.text().lines().map(Releases::withoutPrefix).toList());
  }

  private static String withoutPrefix(String ref) {
    return ref.startsWith("refs/tags/") ? ref.substring("refs/tags/".length()) : ref;
  }

  /** Replaces what a release says of itself. */
  RemoteResult<Release> describe(Release release, String body) throws InterruptedException {
    return NotesFile.with(
            scratch,
            body,
            file ->
                gh.ask(
                    "describe " + release.tagName(),
                    "api",
                    "-X",
                    "PATCH",
                    path + "/releases/" + release.id(),
                    "-F",
                    "body=@" + file,
                    "--jq",
                    ".id"))
        .map(_ -> release.withBody(body));
  }
}
