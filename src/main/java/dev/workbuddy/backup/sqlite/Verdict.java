package dev.workbuddy.backup.sqlite;

import java.util.List;

/**
 * What came of checking a database.
 *
 * @param damage what makes rows unreadable or their number doubtful; empty where nothing does
 */
record Verdict(List<String> damage, List<Objection> objections, List<Unchecked> unchecked) {
  Verdict {
    damage = List.copyOf(damage);
    objections = List.copyOf(objections);
    unchecked = List.copyOf(unchecked);
  }
}
