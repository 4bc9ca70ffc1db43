package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.command;
import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.truth;
import static dev.workbuddy.backup.config.ValueType.webAddress;

import java.util.List;

/** Keys that are understood but that this version does not act upon: it says so instead. */
final class LaterFeatures {
  private static final List<String> HOOKS =
      List.of("before_snapshot", "after_snapshot", "before_restore", "after_restore", "on_failure");

  private LaterFeatures() {}

  static void read(Section top, Section backups) {
    hooks(backups.section("hooks"));
    if (backups.find("ping_url", webAddress()).isPresent()) {
      backups.warn(
          "ping_url", "this version does not ping yet: nobody is told when a backup fails");
    }
    top.section("features").namedSections().forEach(LaterFeatures::feature);
  }

  private static void hooks(Section hooks) {
    HOOKS.forEach(hook -> hooks.find(hook, command()));
    hooks.warnIfSet("this version runs no hooks yet: none of these commands is started");
  }

  private static void feature(Section feature) {
    feature.find("wanted", truth());
    feature.find("reason", text());
    feature.warnIfSet("this version has no optional features yet: the choice has no effect");
  }
}
