package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.List;
import java.util.Optional;

/**
 * The tags of snapshots: the id; and where another machine has that, or GitHub no longer gives it
 * out, the id with the namespace behind a dot. Ids have no dots.
 */
final class SnapshotTag {
  static final String PREFIX = "snap-";

  private SnapshotTag() {}

  /** The snapshot that a tag is for; empty for tags of other things. */
  static Optional<SnapshotId> parse(String tag) {
    int dot = tag.indexOf('.');
    return SnapshotId.parse(dot < 0 ? tag : tag.substring(0, dot));
  }

  /** The tags to try, the first one first. */
  static List<String> candidates(SnapshotId id, String namespace) {
    return List.of(id.toString(), id + suffix(namespace));
  }

  /** Those of some tags that no published release has. */
  static List<String> free(List<String> tags, List<Release> all) {
    return tags.stream()
        .filter(tag -> all.stream().noneMatch(r -> !r.draft() && r.tagName().equals(tag)))
        .toList();
  }

  /** Git allows neither two dots in a row nor one at the end. */
  private static String suffix(String namespace) {
    return "." + namespace.replace('.', '_');
  }

  /** Whether only this namespace makes such tags; the bare id may be anybody's. */
  static boolean isOf(String tag, String namespace) {
    return tag.endsWith(suffix(namespace));
  }
}
