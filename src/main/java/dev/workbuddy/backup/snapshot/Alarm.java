package dev.workbuddy.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that looks like lost data. While an alarm is open no sweep deletes anything.
 *
 * @param id eight hexadecimal digits; the same wherever the alarm is written down
 * @param kind a word; the guard's kinds are listed in docs/operations.md, newer versions may add
 * @param database its logical name; null where no database is meant
 * @param table null where the whole database is meant
 * @param rowsBefore the table's rows in the good snapshot; null for a database
 * @param rowsNow its rows in the newest snapshot; null for a database, and where it is gone
 * @param rowsPeak the most rows it had in the week before; null for a database
 * @param goodSnapshot the id of the last good snapshot, which is held; where that is of another
 *     history, which is not here, with its namespace and {@code /} before it; null where there is
 *     none
 * @param raisedIn the id of the snapshot that raised it
 * @param raisedAt that one's time
 * @param seenAt the time of the newest snapshot that was compared while the alarm was open
 * @param recovered whether by then nothing was lost any more; it stays open even so
 * @param detail what is wrong, in a sentence for people
 * @param ack who or what has closed it, and why; null while it is open
 * @param virtualTable the virtual table whose rows the table keeps; null for ordinary ones
 * @param remedy what brings back what is lost from the good snapshot: {@code rescue}, {@code
 *     recreate} or {@code restore}; null where neither does, or nothing is lost any more
 */
public record Alarm(
    String id,
    String kind,
    @Nullable String database,
    @Nullable String table,
    @Nullable Long rowsBefore,
    @Nullable Long rowsNow,
    @Nullable Long rowsPeak,
    @Nullable String goodSnapshot,
    String raisedIn,
    Instant raisedAt,
    Instant seenAt,
    boolean recovered,
    String detail,
    @Nullable Ack ack,
    @Nullable String virtualTable,
    @Nullable String remedy) {
  /** Rows are brought back, everything else stays. */
  public static final String RESCUE = "rescue";

  /** The whole database is put back. */
  public static final String RESTORE = "restore";

  /** A dropped table is made again, with its rows. */
  public static final String RECREATE = "recreate";

  private static final Set<String> OF_ROWS =
      Set.of("table-shrunk", "table-eroded", "database-went-back");

  /** One whose remedy is the usual one for its kind. */
  public Alarm(
      String id,
      String kind,
      @Nullable String database,
      @Nullable String table,
      @Nullable Long rowsBefore,
      @Nullable Long rowsNow,
      @Nullable Long rowsPeak,
      @Nullable String goodSnapshot,
      String raisedIn,
      Instant raisedAt,
      Instant seenAt,
      boolean recovered,
      String detail,
      @Nullable Ack ack,
      @Nullable String virtualTable) {
    this(
        id,
        kind,
        database,
        table,
        rowsBefore,
        rowsNow,
        rowsPeak,
        goodSnapshot,
        raisedIn,
        raisedAt,
        seenAt,
        recovered,
        detail,
        ack,
        virtualTable,
        database == null || goodSnapshot == null || recovered || ack != null
            ? null
            : usual(kind, table, virtualTable));
  }

  /**
   * What closed an alarm: a person's word that it is settled, or a restore or a rescue that brought
   * back what was lost.
   *
   * @param by who said so, or did it
   * @param why in their words
   * @param holdKept whether the good snapshot stays held
   * @param repaired whether what was lost is back; else what is there now is accepted
   */
  public record Ack(String by, String why, Instant at, boolean holdKept, boolean repaired) {

    /** A person's word. */
    public Ack(String by, String why, Instant at, boolean holdKept) {
      this(by, why, at, holdKept, false);
    }
  }

  @JsonIgnore
  public boolean isOpen() {
    return ack == null;
  }

  /** One about the history itself, and about no database. */
  public static Alarm ofHistory(
      String id, String kind, String raisedIn, Instant at, String detail) {
    return new Alarm(
        id, kind, null, null, null, null, null, null, raisedIn, at, at, false, detail, null, null);
  }

  private static String usual(String kind, @Nullable String table, @Nullable String virtualTable) {
    if (table != null && table.equals(virtualTable)) {
      return RESTORE; // Only the file as a whole has what such a table keeps.
    }
    if (kind.equals("table-gone")) {
      return RECREATE;
    }
    return OF_ROWS.contains(kind) ? RESCUE : RESTORE;
  }

  /** What is meant: {@code tasks.notes}, or a database's name; empty where neither is. */
  public String subject() {
    String name = Objects.requireNonNullElse(database, "");
    return table == null ? name : name + "." + table;
  }

  /** Returns this alarm as acknowledged. */
  public Alarm acknowledged(Ack word) {
    return with(goodSnapshot, raisedIn, raisedAt, seenAt, rowsNow, recovered, detail, word);
  }

  /** Opens it again. */
  public Alarm reopened() {
    return with(goodSnapshot, raisedIn, raisedAt, seenAt, rowsNow, recovered, detail, null);
  }

  /** Returns this alarm, dated to the snapshot that raised it. */
  public Alarm datedTo(SnapshotId snapshot) {
    Instant time = snapshot.time();
    return with(goodSnapshot, snapshot.toString(), time, time, rowsNow, recovered, detail, ack);
  }

  /** Names its good snapshot by the id that it has here. */
  public Alarm withGood(String here) {
    return with(here, raisedIn, raisedAt, seenAt, rowsNow, recovered, detail, ack);
  }

  /** Returns this alarm after a later comparison. */
  public Alarm seen(Instant at, @Nullable Long rows, boolean again, String words) {
    return with(goodSnapshot, raisedIn, raisedAt, at, rows, again, words, ack);
  }

  private Alarm with(
      @Nullable String newGood,
      String newRaisedIn,
      Instant newRaisedAt,
      Instant newSeenAt,
      @Nullable Long newRows,
      boolean newRecovered,
      String newDetail,
      @Nullable Ack newAck) {
    return new Alarm(
        id,
        kind,
        database,
        table,
        rowsBefore,
        newRows,
        rowsPeak,
        newGood,
        newRaisedIn,
        newRaisedAt,
        newSeenAt,
        newRecovered,
        newDetail,
        newAck,
        virtualTable);
  }
}
