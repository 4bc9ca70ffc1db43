package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What is remembered of alarms: the content of {@code alarms.json}. Open ones, and those put aside,
 * since from them on the past counts anew.
 *
 * @param alarms oldest first
 * @param restarts by logical name, databases that were put back
 */
record AlarmLog(int formatVersion, List<Alarm> alarms, Map<String, BaselineReset> restarts) {
  static final int VERSION = 1;
  static final AlarmLog EMPTY = new AlarmLog(VERSION, List.of(), Map.of());

  /** How many alarms that were put aside are remembered. */
  private static final int MOST_ACKNOWLEDGED = 500;

  AlarmLog {
    alarms = List.copyOf(alarms);
    restarts = Map.copyOf(restarts);
  }

  List<Alarm> open() {
    return alarms.stream().filter(Alarm::isOpen).toList();
  }

  List<Alarm> acknowledged() {
    return alarms.stream().filter(alarm -> !alarm.isOpen()).toList();
  }

  boolean knows(String id) {
    return alarms.stream().anyMatch(alarm -> alarm.id().equals(id));
  }

  AlarmLog with(Collection<Alarm> more) {
    List<Alarm> all = new ArrayList<>(alarms);
    all.addAll(more);
    return withAlarms(all);
  }

  /** Adds those of which it knows nothing. */
  AlarmLog withUnknown(Collection<Alarm> told) {
    return with(told.stream().filter(alarm -> !knows(alarm.id())).toList());
  }

  AlarmLog withEach(UnaryOperator<Alarm> change) {
    return withAlarms(alarms.stream().map(change).toList());
  }

  AlarmLog acknowledged(Set<String> ids, Alarm.Ack word) {
    return withEach(
        alarm -> alarm.isOpen() && ids.contains(alarm.id()) ? alarm.acknowledged(word) : alarm);
  }

  AlarmLog restarted(Map<String, BaselineReset> more) {
    Map<String, BaselineReset> all = new HashMap<>(restarts);
    all.putAll(more);
    return new AlarmLog(VERSION, alarms, all);
  }

  private AlarmLog withAlarms(List<Alarm> all) {
    Set<String> forgotten =
        all.stream().filter(alarm -> !alarm.isOpen()).map(Alarm::id).toList().reversed().stream()
            .skip(MOST_ACKNOWLEDGED)
            .collect(Collectors.toSet());
    List<Alarm> kept =
        all.stream().filter(alarm -> alarm.isOpen() || !forgotten.contains(alarm.id())).toList();
    return new AlarmLog(VERSION, kept, restarts);
  }

  /** From when on a database's past counts: what it was when it was put aside is accepted. */
  Instant from(String database) {
    return accepted(alarm -> database.equals(alarm.database()) && alarm.table() == null);
  }

  /** From when on a table's past counts. */
  Instant from(String database, String table) {
    return accepted(alarm -> database.equals(alarm.database()) && table.equals(alarm.table()));
  }

  private Instant accepted(Predicate<Alarm> meant) {
    return alarms.stream()
        .filter(alarm -> alarm.ack() != null && !alarm.ack().repaired())
        .filter(meant)
        .map(Alarm::seenAt)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }
}
