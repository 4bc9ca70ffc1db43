package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.config.Suggestion;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of several snapshots a person means: a whole id, an unambiguous beginning, or "latest".
 *
 * @param seeList what shows the snapshots, for hints
 * @param <T> what stands for a snapshot
 */
public record SnapshotIdMatcher<T>(
    Function<T, SnapshotId> id, Function<T, SnapshotState> state, String seeList) {
  public static final String LATEST = "latest";

  private static final String EXAMPLE = "snap-2026-11-22T13-00-00Z";

  /** Whether the text means the newest usable one, of a namespace where it names one. */
  public static boolean isLatest(String text) {
    return text.substring(text.indexOf('/') + 1).equals(LATEST);
  }

  /** The newest complete one, or the newest incomplete one where none is complete. */
  public Optional<T> latest(List<T> newestFirst) {
    for (SnapshotState wanted : List.of(SnapshotState.COMPLETE, SnapshotState.INCOMPLETE)) {
      for (T snapshot : newestFirst) {
        if (state.apply(snapshot) == wanted) {
          return Optional.of(snapshot);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The only one whose id begins like the text.
   *
   * @throws BackupException where there is none, or more than one
   */
  public T one(List<T> newestFirst, String text) {
    requirePossible(text, newestFirst.stream().map(id).toList(), seeList);
    List<T> matches =
        newestFirst.stream().filter(snapshot -> matches(id.apply(snapshot), text)).toList();
    return switch (matches.size()) {
      case 1 -> matches.getFirst();
      case 0 -> throw notFound(text, newestFirst);
      default -> exact(matches, text);
    };
  }

  private static boolean matches(SnapshotId id, String text) {
    return !text.isEmpty()
        && (id.toString().startsWith(text) || withoutPrefix(id).startsWith(text));
  }

  private static String withoutPrefix(SnapshotId id) {
    return id.toString().substring("snap-".length());
  }

  private T exact(List<T> matches, String text) {
    List<T> exact =
        matches.stream().filter(snapshot -> id.apply(snapshot).toString().equals(text)).toList();
    if (exact.size() == 1) {
      return exact.getFirst();
    }
    throw new BackupException(
        ErrorCode.SNAPSHOT_ID_AMBIGUOUS,
        "%s could mean %d snapshots: %s".formatted(text, matches.size(), firstFew(matches)),
        "Give more of the id. " + seeList);
  }

  private String firstFew(List<T> matches) {
    return matches.stream()
            .limit(3)
            .map(snapshot -> id.apply(snapshot).toString())
            .collect(Collectors.joining(", "))
        + (matches.size() > 3 ? ", …" : "");
  }

  private BackupException notFound(String text, List<T> newestFirst) {
    List<String> known = newestFirst.stream().map(id).map(SnapshotId::toString).toList();
    return new BackupException(
        ErrorCode.SNAPSHOT_NOT_FOUND,
        "there is no snapshot " + text,
        didYouMean(text, known).map(question -> question + " " + seeList).orElse(seeList));
  }

  private static Optional<String> didYouMean(String text, List<String> known) {
    return Suggestion.nearest(text, known).map("Did you mean %s?"::formatted);
  }

  /**
   * Refuses what no snapshot can be called, so that nobody has to be asked for it.
   *
   * @param known ids of which one may be meant
   * @param seeList what shows the snapshots
   * @throws BackupException {@code snapshot-id-invalid}, with what is near
   */
  static void requirePossible(String text, List<SnapshotId> known, String seeList) {
    if (!text.equals(LATEST) && !SnapshotId.couldBegin(text)) {
      throw new BackupException(
          ErrorCode.SNAPSHOT_ID_INVALID,
          "'" + text + "' is not a snapshot id",
          near(text, known) + " " + seeList);
    }
  }

  private static String near(String text, List<SnapshotId> known) {
    List<String> words =
        Stream.concat(Stream.of(LATEST), known.stream().map(SnapshotId::toString)).toList();
    return didYouMean(text, words)
        .orElseGet(
            () ->
                known.isEmpty()
                    ? "An id looks like " + EXAMPLE + "."
                    : "An id looks like %s, the newest here.".formatted(known.getFirst()));
  }
}
