package dev.workbuddy.backup.config;

import java.util.List;
import java.util.Set;

/**
 * Which part of the configuration files is ours. The files belong to the application, and whatever
 * else is in them passes unread.
 */
public final class OwnKeys {
  private static final Set<String> SECTIONS = Set.of("paths", "backups", "features");

  /** The ids of our components, which {@code features} may name beside those of others. */
  public static final List<String> FEATURES =
      List.of(
          "configuration",
          "local_snapshots",
          "github_backups",
          "rclone_backups",
          "directory_backups",
          "restore_drills",
          "coverage",
          "second_place",
          "schedule");

  private OwnKeys() {}

  /**
   * Whether a key's value is looked at.
   *
   * @param key from the root, its words joined by dots
   */
  static boolean isRead(String key) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      return SECTIONS.contains(key);
    }
    return !key.startsWith("features.") || FEATURES.contains(featureOf(key, dot));
  }

  private static String featureOf(String key, int dot) {
    int end = key.indexOf('.', dot + 1);
    return key.substring(dot + 1, end < 0 ? key.length() : end);
  }
}
