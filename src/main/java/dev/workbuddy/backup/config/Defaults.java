package dev.workbuddy.backup.config;

/** The values of keys that the configuration leaves out. */
final class Defaults {
  static final String DATA_ROOT = ".data";
  static final String DB_DIR = "db";
  static final int CADENCE_MINUTES = 60;
  static final int HOOK_SECONDS = 300;
  static final Compression COMPRESSION = Compression.GZIP;
  static final RetentionSettings RETENTION = RetentionSettings.defaults();

  private Defaults() {}
}
