package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The use case of putting alarms aside: a person has looked and says what is to be made of it. From
 * then on what the newest snapshot shows is what the next one is compared with.
 */
public final class AcknowledgeAlarms {
  private final LocalStore store;
  private final Path lockFile;

  /**
   * For one history.
   *
   * @param lockFile the run lock
   */
  public AcknowledgeAlarms(LocalStore store, Path lockFile) {
    this.store = store;
    this.lockFile = lockFile;
  }

  /**
   * What was done.
   *
   * @param holds the holds of good snapshots by id, as they are now; empty where released
   * @param open the alarms that are still open
   */
  public record Result(
      List<Alarm> acknowledged, SequencedMap<String, Optional<Hold>> holds, List<Alarm> open) {}

  /** What {@link #run} would put aside now; every open alarm is still open. */
  public Result plan(@Nullable String id) {
    List<Alarm> open = new AlarmFile(store.directory()).read().open();
    return new Result(meant(open, id), new LinkedHashMap<>(), open);
  }

  private static List<Alarm> meant(List<Alarm> open, @Nullable String id) {
    return id == null ? open : List.of(one(open, id));
  }

  /**
   * Puts alarms aside. A hold that the guard set goes, unless another open alarm needs it; one that
   * a person set stays.
   *
   * @param id the beginning of one's id; null for all that are open
   * @throws BackupException {@code alarm-not-found} where no open one has that id
   */
  public Result run(@Nullable String id, Alarm.Ack word) throws IOException {
    try (RunLock _ = RunLock.acquire(lockFile, "acknowledge an alarm")) {
      AlarmFile file = new AlarmFile(store.directory());
      AlarmLog log = file.read();
      List<Alarm> meant = meant(log.open(), id);
      if (meant.isEmpty()) {
        return new Result(List.of(), new LinkedHashMap<>(), List.of());
      }
      Set<String> ids = meant.stream().map(Alarm::id).collect(Collectors.toSet());
      AlarmLog after = remembered(log, meant).acknowledged(ids, word);
      SequencedMap<String, Optional<Hold>> holds = settle(meant, after.open(), word);
      file.write(after);
      List<Alarm> acknowledged = meant.stream().map(alarm -> alarm.acknowledged(word)).toList();
      return new Result(acknowledged, holds, after.open());
    }
  }

  /** Where nobody knew which alarms are open, the newest snapshot still tells. */
  private AlarmLog remembered(AlarmLog log, List<Alarm> meant) throws IOException {
    return meant.stream().anyMatch(AlarmKind.ALARMS_UNREADABLE::is)
        ? log.withUnknown(
            History.of(store.list(), new IdentityFile(store.directory()).ownership()).alarms())
        : log;
  }

  private static Alarm one(List<Alarm> open, String id) {
    List<Alarm> matches =
        open.stream().filter(alarm -> !id.isEmpty() && alarm.id().startsWith(id)).toList();
    if (matches.size() == 1) {
      return matches.getFirst();
    }
    throw new BackupException(
        ErrorCode.ALARM_NOT_FOUND,
        matches.isEmpty()
            ? "no open alarm has the id " + id
            : id + " could mean " + matches.size() + " alarms",
        "`wb-backup alarms` shows those that are open.");
  }

  private SequencedMap<String, Optional<Hold>> settle(
      List<Alarm> meant, List<Alarm> stillOpen, Alarm.Ack word) throws IOException {
    SequencedMap<String, Optional<Hold>> holds = new LinkedHashMap<>();
    for (StoredSnapshot snapshot : store.list()) {
      Hold hold = snapshot.hold();
      boolean settled = isGoodOf(meant, snapshot) && !isGoodOf(stillOpen, snapshot);
      if (!settled || hold == null || !hold.by().equals(Hold.GUARD)) {
        continue;
      }
      if (word.holdKept()) {
        Hold kept = new Hold(hold.reason() + "; kept: " + word.why(), word.by(), word.at());
        store.hold(snapshot, kept);
        holds.put(snapshot.id().toString(), Optional.of(kept));
      } else {
        store.release(snapshot);
        holds.put(snapshot.id().toString(), Optional.empty());
      }
    }
    return holds;
  }

  private static boolean isGoodOf(List<Alarm> alarms, StoredSnapshot snapshot) {
    return alarms.stream()
        .anyMatch(alarm -> Objects.equals(alarm.goodSnapshot(), snapshot.id().toString()));
  }
}
