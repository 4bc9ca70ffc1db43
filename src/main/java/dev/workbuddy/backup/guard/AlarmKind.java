package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import java.util.Locale;

/** What an alarm can be about. */
public enum AlarmKind {
  /** A table lost too many rows since the snapshot before. */
  TABLE_SHRUNK,
  /** A table lost too many rows within a week, a few at a time. */
  TABLE_ERODED,
  /** A table is not there any more. */
  TABLE_GONE,
  /** A database's file is not there, or there is nothing in it. */
  DATABASE_MISSING,
  /** A database's file is there, but SQLite cannot make sense of it. */
  DATABASE_CORRUPT,
  /** There is a sound database in the place, but another one. */
  DATABASE_REPLACED,
  /** An older file of the same database has taken its place. */
  DATABASE_WENT_BACK,
  /** Another data root goes on with this history: the two would sweep each other's snapshots. */
  HISTORY_SHARED,
  /** The record of alarms itself cannot be read: nobody knows which are open. */
  ALARMS_UNREADABLE;

  /** The word for this kind in documents. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean is(Alarm alarm) {
    return alarm.kind().equals(word());
  }
}
