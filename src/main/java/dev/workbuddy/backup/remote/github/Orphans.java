package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What killed runs and lost answers leave behind: drafts, releases without all of their files, and
 * tags without a release. Whose they are, and how old, is in the releases' bodies; a tag without a
 * release says neither, so it counts as ours only where nobody else uses the repository, or where
 * it carries our namespace.
 */
final class Orphans {
  private static final Duration ORPHANED = Duration.ofDays(1);

  private final GithubRepository repository;
  private final Releases releases;
  private final RemoteContext context;

  Orphans(GithubRepository repository) {
    this.repository = repository;
    this.releases = repository.releases();
    this.context = repository.context();
  }

  /** Asks for the tags first: one that a release published meanwhile brings is not among them. */
  RemoteResult<List<String>> sweep() throws InterruptedException {
    return releases.tags().then(tags -> releases.all().then(found -> sweep(tags, found)));
  }

  private RemoteResult<List<String>> sweep(List<String> tags, Releases.Found found)
      throws InterruptedException {
    if (!found.whole()) {
      return RemoteResult.ok(List.of());
    }
    List<Release> doomed = found.releases().stream().filter(this::isAbandoned).toList();
    return releases
        .deleteAll(doomed)
        .then(deleted -> withTags(words(deleted), abandonedTags(tags, found.releases(), doomed)));
  }

  private static List<String> words(List<Release> deleted) {
    return deleted.stream()
        .map(release -> (release.draft() ? "draft " : "unfinished release ") + release.tagName())
        .toList();
  }

  private boolean isAbandoned(Release release) {
    return repository.isOurs(release)
        && release.facts().filter(this::isOld).filter(facts -> facts.hold() == null).isPresent()
        && (release.draft() || release.isUnfinished());
  }

  private boolean isOld(Facts facts) {
    return facts.pushed().isBefore(latest());
  }

  private Instant latest() {
    return context.clock().instant().minus(ORPHANED);
  }

  private List<String> abandonedTags(List<String> tags, List<Release> all, List<Release> doomed) {
    Set<String> used =
        all.stream()
            .filter(release -> !doomed.contains(release) && !release.draft())
            .map(Release::tagName)
            .collect(Collectors.toSet());
    boolean alone =
        all.stream()
            .filter(release -> SnapshotTag.parse(release.tagName()).isPresent())
            .allMatch(repository::isOurs);
    return tags.stream()
        .filter(tag -> !used.contains(tag))
        .filter(tag -> alone || SnapshotTag.isOf(tag, context.namespace()))
        .filter(
            tag -> SnapshotTag.parse(tag).filter(id -> id.time().isBefore(latest())).isPresent())
        .toList();
  }

  private RemoteResult<List<String>> withTags(List<String> removed, List<String> tags)
      throws InterruptedException {
    List<String> all = new ArrayList<>(removed);
    for (String tag : tags) {
      if (releases.deleteTag(tag) instanceof Failed<String> failed) {
        return failed.as();
      }
      all.add("tag " + tag);
    }
    return RemoteResult.ok(List.copyOf(all));
  }
}
