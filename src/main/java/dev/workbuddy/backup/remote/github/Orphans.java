package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What killed runs, lost answers and deleted tags leave behind: drafts, releases without all of
 * their files, and tags without a release. Whose they are, and how old, is in the releases' bodies;
 * a tag without a release says neither, so it counts as ours only where nobody else uses the
 * repository, or where it carries our namespace. What becomes of a release is {@link Fate}'s word,
 * asked once more of what GitHub shows right before anything is done.
 */
final class Orphans {
  static final Duration ORPHANED = Duration.ofDays(1);

  private final GithubRepository repository;
  private final Releases releases;
  private final RemoteContext context;
  private final List<String> done = new ArrayList<>();

  Orphans(GithubRepository repository) {
    this.repository = repository;
    this.releases = repository.releases();
    this.context = repository.context();
  }

  /**
   * Asks for the tags first: one that a release published meanwhile brings is not among them.
   *
   * @return what was done, in words
   */
  RemoteResult<List<String>> sweep() throws InterruptedException {
    return releases.tags().then(tags -> releases.all().then(found -> sweep(tags, found)));
  }

  private RemoteResult<List<String>> sweep(List<String> tags, Releases.Found found)
      throws InterruptedException {
    if (!found.whole()) {
      return RemoteResult.ok(List.of());
    }
    List<Release> all = new ArrayList<>(found.releases());
    for (Release release : found.releases()) {
      if (!(fate(release, all) instanceof Fate.Keep)
          && settle(release, all) instanceof Failed<Boolean> failed) {
        return failed.as();
      }
    }
    for (String tag : abandonedTags(tags, all)) {
      if (deleteTag(tag) instanceof Failed<Boolean> failed) {
        return failed.as();
      }
    }
    return RemoteResult.ok(List.copyOf(done));
  }

  private Fate fate(Release release, List<Release> all) {
    return Fate.of(release, all, context, latest());
  }

  private RemoteResult<Boolean> settle(Release listed, List<Release> all)
      throws InterruptedException {
    return releases
        .numbered(listed.id())
        .then(found -> found.isEmpty() ? RemoteResult.ok(false) : settleNow(found.get(), all));
  }

  private RemoteResult<Boolean> settleNow(Release release, List<Release> all)
      throws InterruptedException {
    return switch (fate(release, all)) {
      case Fate.Keep _ -> RemoteResult.ok(false);
      case Fate.Publish _ -> publish(release, all);
      case Fate.Delete(String why) ->
          releases
              .delete(release)
              .map(
                  _ -> {
                    all.removeIf(other -> other.id() == release.id());
                    return done.add(
                        "deleted the %s %s: %s"
                            .formatted(
                                release.draft() ? "draft" : "unfinished release",
                                release.tagName(),
                                why));
                  });
    };
  }

  /** Under its own tag, or under the other one where somebody has that by now. */
  private RemoteResult<Boolean> publish(Release draft, List<Release> all)
      throws InterruptedException {
    Optional<String> tag =
        SnapshotTag.free(
                SnapshotTag.candidates(draft.snapshotId().orElseThrow(), context.namespace()), all)
            .stream()
            .findFirst();
    if (tag.isEmpty()) {
      return RemoteResult.ok(false);
    }
    return releases
        .publish(draft, tag.get(), ReleaseUpload.TAG_TAKEN)
        .map(
            answer -> {
              if (!answer.ok()) {
                return false;
              }
              all.replaceAll(
                  other -> other.id() == draft.id() ? draft.published(tag.get()) : other);
              return done.add("published %s again: it was whole, but a draft".formatted(tag.get()));
            });
  }

  private RemoteResult<Boolean> deleteTag(String tag) throws InterruptedException {
    return releases
        .deleteBareTag(tag)
        .map(
            deleted -> deleted && done.add("deleted the tag %s: no release has it".formatted(tag)));
  }

  private Instant latest() {
    return context.clock().instant().minus(ORPHANED);
  }

  private List<String> abandonedTags(List<String> tags, List<Release> all) {
    Set<String> used =
        all.stream()
            .filter(release -> !release.draft())
            .map(Release::tagName)
            .collect(Collectors.toSet());
    boolean alone =
        all.stream()
            .filter(release -> release.snapshotId().isPresent())
            .allMatch(repository::isOurs);
    return tags.stream()
        .filter(tag -> !used.contains(tag))
        .filter(tag -> alone || SnapshotTag.isOf(tag, context.namespace()))
        .filter(
            tag -> SnapshotTag.parse(tag).filter(id -> id.time().isBefore(latest())).isPresent())
        .toList();
  }
}
