package dev.workbuddy.backup.remote.rclone;

/**
 * Where a store is.
 *
 * @param base an rclone remote with its path, for example {@code b2:bucket/path}
 */
record RcloneAddress(String base) {

  /** What users call the store. */
  String name() {
    return "rclone:" + base;
  }

  /** A path in the store, as rclone wants it. */
  String full(String path) {
    if (path.isEmpty()) {
      return base;
    }
    return base.endsWith(":") || base.endsWith("/") ? base + path : base + "/" + path;
  }
}
