package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A folder on its way, beside those of snapshots: {@code <id>.<mark>.partial-<time>-<random>}. So
 * who sends what is seen before anything of it has its place.
 *
 * @param name without the namespace
 * @param mark of the data root that sends; empty where an earlier version did
 */
public record Passing(
    String namespace, String name, SnapshotId id, Optional<String> mark, Instant began) {
  private static final Duration IN_FLIGHT = Duration.ofDays(1);

  static Passing of(RemoteContext context, SnapshotId id) {
    return of(
        context.namespace(), id, context.origin(), context.clock().instant(), context.random());
  }

  private static Passing of(
      String namespace, SnapshotId id, Origin origin, Instant began, RandomGenerator random) {
    String name = TemporaryName.name(id + "." + origin.mark(), began, random);
    return new Passing(namespace, name, id, Optional.of(origin.mark()), began);
  }

  /** What a folder's name says; empty where it is none of these. */
  public static Optional<Passing> parse(String namespace, String name) {
    String[] words = name.split("\\.", -1);
    Optional<Instant> began = TemporaryName.began(name);
    return began.isEmpty()
        ? Optional.empty()
        : SnapshotId.parse(words[0])
            .map(
                id ->
                    new Passing(
                        namespace,
                        name,
                        id,
                        words.length > 2 ? Optional.of(words[1]) : Optional.empty(),
                        began.get()));
  }

  public String path() {
    return namespace + "/" + name;
  }

  /** Where it is to go. */
  String target() {
    return namespace + "/" + id;
  }

  boolean isOfAnother(RemoteContext context) {
    return mark.filter(theirs -> !context.owns(namespace, theirs, id)).isPresent();
  }

  /** Whether another data root sends the same snapshot at this time. */
  public boolean isRivalOf(Passing other) {
    return id.equals(other.id)
        && mark.isPresent()
        && !mark.equals(other.mark)
        && began.isAfter(other.began.minus(IN_FLIGHT));
  }
}
