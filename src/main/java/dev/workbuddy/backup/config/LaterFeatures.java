package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.truth;

/** Keys that are understood but that this version does not act upon: it says so instead. */
final class LaterFeatures {
  private LaterFeatures() {}

  static void read(Section top, Section backups) {
    guard(backups.section("guard"));
    top.section("features").namedSections().forEach(LaterFeatures::feature);
  }

  private static void guard(Section guard) {
    guard.find("max_shrink_percent", integer(0, 100));
    guard.find("min_rows", integer(0, Integer.MAX_VALUE));
    guard.warnIfSet("this version does not compare snapshots yet: lost rows raise no alarm");
  }

  private static void feature(Section feature) {
    feature.find("wanted", truth());
    feature.find("reason", text());
    feature.warnIfSet("this version has no optional features yet: the choice has no effect");
  }
}
