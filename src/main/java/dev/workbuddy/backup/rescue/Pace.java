package dev.workbuddy.backup.rescue;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many rows may come back at once, so that no transaction lasts longer than a writer's
 * patience. The first portions are small; later ones follow the time that those took. Not for
 * several threads.
 */
final class Pace {
  /** What one transaction may take. Nothing makes a writer wait that gives up at once. */
  static final Duration TRANSACTION = Duration.ofMillis(250);

  /** What the log of one transaction may take on the disk, which is synced before others go on. */
  static final long TRANSACTION_BYTES = 16L << 20;

  /** What one portion should take: much less, as the next one's time is only guessed. */
  private static final Duration PORTION = Duration.ofMillis(40);

  private static final int FEW = 64;
  private static final int MANY = 8192;

  private final int mostRows;
  private final LongSupplier nanos;
  private long portion = FEW;
  private long begun;
  private long portionBegun;
  private long rows;
  private long bytes;

  /**
   * At the beginning.
   *
   * @param mostRows how many rows one transaction brings back at most; 0 for as many as the time
   *     allows
   * @param nanos a clock that only goes forward
   */
  Pace(int mostRows, LongSupplier nanos) {
    this.mostRows = mostRows;
    this.nanos = nanos;
  }

  void transactionBegins() {
    begun = nanos.getAsLong();
    rows = 0;
    bytes = 0;
  }

  /** How many rows the next portion may have. */
  long portion() {
    return mostRows == 0 ? portion : Math.min(portion, mostRows - rows);
  }

  /** How many bytes the next portion should not exceed, unless it is one row. */
  long portionBytes() {
    return TRANSACTION_BYTES / 4;
  }

  void portionBegins() {
    portionBegun = nanos.getAsLong();
  }

  void portionEnds(long itsRows, long itsBytes) {
    rows += itsRows;
    bytes += itsBytes;
    long took = nanos.getAsLong() - portionBegun;
    if (took > PORTION.toNanos()) {
      portion = Math.max(1, portion / 2);
    } else if (itsRows >= portion && took < PORTION.toNanos() / 3) {
      portion = Math.min(MANY, portion * 2);
    }
  }

  /** Whether the transaction is to end. */
  boolean isDue() {
    return (mostRows > 0 && rows >= mostRows)
        || bytes >= TRANSACTION_BYTES
        || nanos.getAsLong() - begun >= TRANSACTION.toNanos();
  }
}
