package dev.workbuddy.backup.config;

import java.util.List;

/** The values of keys that the configuration leaves out. */
final class Defaults {
  static final String DATA_ROOT = ".data";
  static final String DB_DIR = "db";
  static final int CADENCE_MINUTES = 60;
  static final int HOOK_SECONDS = 300;
  static final Compression COMPRESSION = Compression.GZIP;
  static final RetentionSettings RETENTION = RetentionSettings.defaults();

  /** The databases of work-buddy. */
  static final List<VitalDatabase> DATABASES =
      List.of(
          new VitalDatabase("tasks", "tasks/task_metadata.db", "obsidian/tasks-plugin"),
          new VitalDatabase("projects", "projects.db", "projects/"),
          new VitalDatabase("messages", "messages.db", "messaging/"),
          new VitalDatabase("threads", "threads.db", "threads/"),
          new VitalDatabase("entities", "entities.db", "entities/"));

  private Defaults() {}
}
