package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.command;
import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.matching;
import static dev.workbuddy.backup.config.ValueType.text;
import static dev.workbuddy.backup.config.ValueType.truth;
import static dev.workbuddy.backup.config.ValueType.webAddress;

import java.util.List;
import java.util.regex.Pattern;

/** Keys that are understood but that this version does not act upon: it says so instead. */
final class LaterFeatures {
  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9-]+/[A-Za-z0-9._-]+");
  private static final Pattern RCLONE_REMOTE = Pattern.compile("[^:\\s-][^:]*:.*");
  private static final List<String> HOOKS =
      List.of("before_snapshot", "after_snapshot", "before_restore", "after_restore", "on_failure");

  private LaterFeatures() {}

  static void read(Section top, Section backups) {
    guard(backups.section("guard"));
    remotes(backups);
    hooks(backups.section("hooks"));
    if (backups.find("ping_url", webAddress()).isPresent()) {
      backups.warn(
          "ping_url", "this version does not ping yet: nobody is told when a backup fails");
    }
    top.section("features").namedSections().forEach(LaterFeatures::feature);
  }

  private static void guard(Section guard) {
    guard.find("max_shrink_percent", integer(0, 100));
    guard.find("min_rows", integer(0, Integer.MAX_VALUE));
    guard.warnIfSet("this version does not compare snapshots yet: lost rows raise no alarm");
  }

  private static void remotes(Section backups) {
    String local = "this version does not push yet: snapshots stay on this machine";
    Section github = backups.section("github");
    github.find("repo", matching(REPOSITORY, "a repository as owner/name"));
    github.warnIfSet(local);
    Section rclone = backups.section("rclone");
    rclone.find("remote", matching(RCLONE_REMOTE, "an rclone remote as name:path"));
    rclone.warnIfSet(local);
    Section directory = backups.section("directory");
    directory.find("path", text(PathRules::directory));
    directory.warnIfSet(local);
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
