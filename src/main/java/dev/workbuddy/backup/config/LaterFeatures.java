package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.command;
import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.webAddress;

import java.util.List;

/** Keys that are understood but that this version does not act upon: it says so instead. */
final class LaterFeatures {
  private static final List<String> HOOKS =
      List.of("before_snapshot", "after_snapshot", "before_restore", "after_restore", "on_failure");

  private LaterFeatures() {}

  static void read(Section backups) {
    guard(backups.section("guard"));
    hooks(backups.section("hooks"));
    if (backups.find("ping_url", webAddress()).isPresent()) {
      backups.warn(
          "ping_url", "this version does not ping yet: nobody is told when a backup fails");
    }
  }

  private static void guard(Section guard) {
    guard.find("max_shrink_percent", integer(0, 100));
    guard.find("min_rows", integer(0, Integer.MAX_VALUE));
    guard.warnIfSet("this version does not compare snapshots yet: lost rows raise no alarm");
  }

  private static void hooks(Section hooks) {
    HOOKS.forEach(hook -> hooks.find(hook, command()));
    hooks.warnIfSet("this version runs no hooks yet: none of these commands is started");
  }
}
