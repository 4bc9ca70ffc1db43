package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.remote.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
    String filter = ".[] | \"" + MARK + "\" + (" + Release.FIELDS + " | tojson)";
    return gh.ask(
            "list the snapshots",
            CAPPED,
            "api",
            path + "/releases?per_page=100",
            "--paginate",
            "--jq",
            filter)
        .then(answer -> releases(answer.text()).map(list -> new Found(list, answer.ok())));
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
    return gh.ask(
            "look at " + tag,
            NOT_THERE,
            "api",
            path + "/releases/tags/" + tag,
            "--jq",
            "\"" + MARK + "\" + (" + Release.FIELDS + " | tojson)")
        .then(answer -> releases(answer.text()).map(list -> list.stream().findFirst()));
  }

  /** Deletes a release by its number, which is unambiguous where several drafts have one tag. */
  RemoteResult<Release> delete(Release release) throws InterruptedException {
    return gh.ask(
            "delete a draft of " + release.tagName(),
            NOT_THERE,
            "api",
            "-X",
            "DELETE",
            path + "/releases/" + release.id())
        .map(_ -> release);
  }

  /**
   * Deletes the published release of a tag and the tag; what is not there is no failure. What
   * somebody else published under the tag meanwhile stays.
   */
  RemoteResult<String> deleteWithTag(String tag, Predicate<Release> isOurs)
      throws InterruptedException {
    return published(tag)
        .then(
            found -> {
              if (found.isEmpty()) {
                return deleteTag(tag);
              }
              return isOurs.test(found.get()) ? deletePublished(tag) : RemoteResult.ok(tag);
            });
  }

  private RemoteResult<String> deletePublished(String tag) throws InterruptedException {
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

  RemoteResult<String> deleteTag(String tag) throws InterruptedException {
    return gh.ask(
            "delete the tag " + tag,
            NO_SUCH_TAG,
            "api",
            "-X",
            "DELETE",
            path + "/git/refs/tags/" + tag)
        .map(_ -> tag);
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

  /** Deletes several, and tells what was deleted. */
  RemoteResult<List<Release>> deleteAll(List<Release> doomed) throws InterruptedException {
    List<Release> deleted = new ArrayList<>();
    for (Release release : doomed) {
      if (delete(release) instanceof Failed<Release> failed) {
        return failed.as();
      }
      deleted.add(release);
    }
    return RemoteResult.ok(List.copyOf(deleted));
  }
}
