package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.truth;

/** Keys that are understood but that this version does not act upon: it says so instead. */
final class LaterFeatures {
  private LaterFeatures() {}

  static void read(Section top) {
    top.section("features").namedSections().forEach(LaterFeatures::feature);
  }

  private static void feature(Section feature) {
    feature.find("wanted", truth());
    feature.find("reason", text());
    feature.warnIfSet("this version has no optional features yet: the choice has no effect");
  }
}
