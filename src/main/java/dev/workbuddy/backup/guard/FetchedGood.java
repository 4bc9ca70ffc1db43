package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.Instant;

/**
 * A last good snapshot that was elsewhere and was fetched: open alarms name it as it is called
 * here, and it is held. Requires the run lock.
 */
public final class FetchedGood {
  private final LocalStore store;
  private final AlarmFile file;

  /** For one history. */
  public FetchedGood(LocalStore store) {
    this.store = store;
    this.file = new AlarmFile(store.directory());
  }

  /**
   * Notes that it is here.
   *
   * @param name what the alarms call it: its namespace, {@code /} and its id
   */
  public void arrived(String name, StoredSnapshot here, Instant now) throws IOException {
    AlarmLog before = file.read();
    String id = here.id().toString();
    AlarmLog after =
        before.withEach(
            alarm ->
                alarm.isOpen() && name.equals(alarm.goodSnapshot()) ? alarm.withGood(id) : alarm);
    if (after.equals(before)) {
      return;
    }
    if (!here.isHeld()) {
      String subject =
          after.open().stream()
              .filter(alarm -> id.equals(alarm.goodSnapshot()))
              .map(Alarm::subject)
              .findFirst()
              .orElse("");
      store.hold(
          here, new Hold("last good one before the alarm about " + subject, Hold.GUARD, now));
    }
    file.write(after);
  }
}
