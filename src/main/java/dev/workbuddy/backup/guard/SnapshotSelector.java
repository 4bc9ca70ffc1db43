package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotIdMatcher;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the snapshot that those mean who want data from before something went wrong. {@code latest}
 * then passes over what shows the loss itself: snapshots with an alarm that nobody has put aside,
 * and those that wb-backup took before it changed something.
 */
public final class SnapshotSelector {
  private static final int MOST_NAMED = 3;

  private final LocalStore store;
  private final Set<String> settled;
  private final Set<String> alarming;
  private final Set<SnapshotId> good;

  public SnapshotSelector(Path backupsDir) {
    this.store = new LocalStore(backupsDir);
    this.settled =
        Alarms.acknowledged(backupsDir).stream()
            .map(Alarm::id)
            .collect(Collectors.toUnmodifiableSet());
    List<Alarm> open = Alarms.open(backupsDir);
    this.good =
        open.stream()
            .filter(alarm -> !alarm.recovered())
            .flatMap(alarm -> Stream.ofNullable(alarm.goodSnapshot()))
            .flatMap(id -> SnapshotId.parse(id).stream())
            .collect(Collectors.toUnmodifiableSet());
    this.alarming = open.stream().map(Alarm::raisedIn).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What is meant.
   *
   * @param remark what the user should know of the choice, in a sentence; null where nothing
   */
  public record Choice(StoredSnapshot snapshot, @Nullable String remark) {}

  /**
   * The snapshot meant by the text. {@code latest} is the newest complete one that shows no loss;
   * where all do, the newest of them.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException where there is none, or more than one
   */
  public Choice find(String text) throws IOException {
    StoredSnapshot plain = new SnapshotFinder(store).find(text);
    Optional<String> doubt =
        text.equals(SnapshotIdMatcher.LATEST) ? doubt(plain) : Optional.empty();
    if (doubt.isEmpty()) {
      return new Choice(plain, null);
    }
    Predicate<StoredSnapshot> own = new IdentityFile(store.directory()).ownership();
    List<StoredSnapshot> alike =
        store.list().stream()
            .filter(other -> other.state() == plain.state())
            .filter(other -> own.test(other) == own.test(plain))
            .toList();
    return alike.stream()
        .filter(other -> doubt(other).isEmpty())
        .findFirst()
        .map(sound -> passingOver(alike.subList(0, alike.indexOf(sound)), sound))
        .orElseGet(() -> new Choice(plain, none(plain, doubt.get())));
  }

  /**
   * Why a snapshot may show the loss rather than what was lost: words that go on from its id; empty
   * where nothing speaks for that.
   */
  public Optional<String> doubt(StoredSnapshot snapshot) {
    return snapshot
        .readManifest()
        .flatMap(
            manifest ->
                manifest.takenBefore() != null
                    ? Optional.of("was taken by wb-backup before a " + manifest.takenBefore())
                    : alarm(snapshot, manifest.alarms()));
  }

  private Optional<String> alarm(StoredSnapshot snapshot, List<Alarm> alarms) {
    List<Alarm> open =
        alarms.stream().filter(Alarm::isOpen).filter(a -> !settled.contains(a.id())).toList();
    String id = snapshot.id().toString();
    if (open.isEmpty() && !alarming.contains(id)) {
      return good.stream().anyMatch(earlier -> earlier.compareTo(snapshot.id()) < 0)
          ? Optional.of("was taken after a loss had begun")
          : Optional.empty();
    }
    return Optional.of(
        alarming.contains(id) || open.stream().anyMatch(alarm -> alarm.raisedIn().equals(id))
            ? "raised an alarm"
            : "was taken while an alarm was open");
  }

  private Choice passingOver(List<StoredSnapshot> newer, StoredSnapshot sound) {
    String words =
        newer.size() == 1
            ? "the newer %s and was passed over: name it to use it"
                .formatted(named(newer.getFirst()))
            : "%d newer ones were passed over (%s%s): name one to use it"
                .formatted(
                    newer.size(),
                    newer.stream()
                        .limit(MOST_NAMED)
                        .map(this::named)
                        .collect(Collectors.joining("; ")),
                    newer.size() > MOST_NAMED ? "; …" : "");
    return new Choice(sound, "latest is %s; %s".formatted(sound.id(), words));
  }

  private String named(StoredSnapshot snapshot) {
    return snapshot.id() + " " + doubt(snapshot).orElseThrow();
  }

  private static String none(StoredSnapshot plain, String doubt) {
    return "latest is %s, though it %s: there is none of which that cannot be said"
        .formatted(plain.id(), doubt);
  }
}
