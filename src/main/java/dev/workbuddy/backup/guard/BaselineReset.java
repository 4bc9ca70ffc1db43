package dev.workbuddy.backup.guard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database was put back: from here on it is compared with what was put back, and with what came
 * after.
 *
 * @param state what was put back; null where nobody knows, and the next look is a first one
 * @param before the time that it was put back before this; null where it was not, or where that is
 *     too long ago to matter
 * @param mended whether only rows were brought back, so that what was before it counts as well;
 *     null is no
 */
record BaselineReset(
    Instant since,
    @Nullable DatabaseState state,
    @Nullable BaselineReset before,
    @Nullable Boolean mended) {
  /** How many times in a row can be taken back and still be known. */
  private static final int REMEMBERED = 4;

  BaselineReset {
    before = before == null ? null : before.limited(REMEMBERED - 1);
  }

  private @Nullable BaselineReset limited(int most) {
    return most == 0
        ? null
        : new BaselineReset(since, state, before == null ? null : before.limited(most - 1), mended);
  }

  boolean isMended() {
    return Boolean.TRUE.equals(mended);
  }

  /** The time that everything was put back; null where there was none. */
  @Nullable BaselineReset whole() {
    return isMended() ? before : this;
  }

  /**
   * What the next look is compared with, newest first.
   *
   * @param reset null where nothing was put back
   * @param seen what snapshots show, newest first
   */
  static List<DatabaseState> past(@Nullable BaselineReset reset, List<DatabaseState> seen) {
    if (reset == null) {
      return seen;
    }
    List<DatabaseState> past = new ArrayList<>();
    seen.stream().filter(state -> state.at().isAfter(reset.since())).forEach(past::add);
    if (reset.state() != null) {
      past.add(reset.state().since(reset.since()));
    }
    if (reset.isMended()) {
      List<DatabaseState> older =
          seen.stream().filter(state -> !state.at().isAfter(reset.since())).toList();
      past.addAll(past(reset.before(), older));
    }
    return past;
  }

  /** What a database was before it was put back at a moment; null where no such time is known. */
  static @Nullable BaselineReset before(@Nullable BaselineReset newest, Instant moment) {
    BaselineReset undone = null;
    for (BaselineReset each = newest; each != null && !each.since().isBefore(moment); ) {
      undone = each;
      each = each.before();
    }
    return undone == null ? null : undone.before();
  }
}
