package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.github.ReleaseNotes.Facts;
import java.time.Instant;
import java.util.List;

/** What is to become of a release that no push works on any more. */
sealed interface Fate {

  /** All of its snapshot is there, and it is not to be seen: it is published again. */
  record Publish() implements Fate {}

  /**
   * Nothing is lost with it.
   *
   * @param why in words
   */
  record Delete(String why) implements Fate {}

  /** It stays as it is. */
  record Keep() implements Fate {}

  /**
   * The judgement, from a listing alone. What a listing does not prove to be of no use stays.
   *
   * @param all the releases of the repository
   * @param context of the data root that judges; what another one began is that one's to judge
   * @param latest when a push must have begun to count as one that was killed
   */
  static Fate of(Release release, List<Release> all, RemoteContext context, Instant latest) {
    boolean left =
        release.isOf(context)
            && release.facts().map(Facts::pushed).filter(latest::isAfter).isPresent()
            && (release.draft() || release.isUnfinished());
    if (!left) {
      return new Keep();
    }
    List<Release> published =
        all.stream()
            .filter(other -> other.id() != release.id() && !other.draft())
            .filter(other -> other.isOf(context) && isOfSameSnapshot(release, other))
            .toList();
    if (release.isWhole() && published.isEmpty()) {
      return new Publish();
    }
    return isHeld(release) ? new Keep() : ofUnseen(release, published);
  }

  private static Fate ofUnseen(Release release, List<Release> published) {
    if (published.stream().anyMatch(other -> other.isWhole() && other.isTwinOf(release))) {
      return new Delete("the same is there, whole");
    }
    if (release.isWhole()) {
      return new Keep();
    }
    if (published.stream().anyMatch(Release::isWhole)) {
      return new Delete("a whole copy took its place");
    }
    return release.hasTarball() ? new Keep() : new Delete("it has no tarball");
  }

  private static boolean isOfSameSnapshot(Release one, Release other) {
    return one.snapshotId().isPresent() && one.snapshotId().equals(other.snapshotId());
  }

  private static boolean isHeld(Release release) {
    return release.facts().map(Facts::hold).isPresent();
  }
}
