package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Raises the alarm that another data root goes on with this history, as a copy of it does. While it
 * is open neither sweeps what the other took. Its callers hold the run lock.
 */
public final class SharedHistory {
  private final AlarmFile file;

  /** For one history. */
  public SharedHistory(LocalStore store) {
    this.file = new AlarmFile(store.directory());
  }

  /**
   * Raises it, unless one is open.
   *
   * @param sign what tells it, in a sentence
   * @param seen the snapshot that shows it
   */
  public void raise(String sign, SnapshotId seen, Instant at) throws IOException {
    AlarmLog log = file.read();
    if (log.open().stream().noneMatch(AlarmKind.HISTORY_SHARED::is)) {
      file.write(log.with(List.of(alarm(sign, seen, at))));
    }
  }

  /** When a person last said that the other one is gone; what it took until then is settled. */
  public Instant settledAt() {
    return file.read().acknowledged().stream()
        .filter(AlarmKind.HISTORY_SHARED::is)
        .flatMap(alarm -> Stream.ofNullable(alarm.ack()))
        .map(Alarm.Ack::at)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  private static Alarm alarm(String sign, SnapshotId seen, Instant at) {
    AlarmKind kind = AlarmKind.HISTORY_SHARED;
    return Alarm.ofHistory(
        Finding.id(kind.word() + "\n" + seen + "\n" + at),
        kind.word(),
        seen.toString(),
        at,
        sign
            + ". If both are in use, `wb-backup take-over --apart` gives this one a history of its"
            + " own; if the other one is gone, acknowledge this");
  }
}
