package dev.workbuddy.backup.demo;

import dev.workbuddy.backup.io.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The migrations of the made-up application: one step at first, two more with its next release. */
final class SampleLadder {
  /** The schema version of the application's first release. */
  static final int FIRST = 1;

  /** The schema version of its next one. */
  static final int LATEST = 3;

  private static final List<String> NAMES =
      List.of("tasks", "projects", "messages", "threads", "entities");

  private final Path configDir;

  SampleLadder(Path configDir) {
    this.configDir = configDir;
  }

  /** Writes the first release's step, and a configuration by which all five databases climb it. */
  void begin() throws IOException {
    StringBuilder config = new StringBuilder("backups:\n  databases:\n");
    for (String name : NAMES) {
      config.append("    %s: { migrations: migrations }\n".formatted(name));
    }
    write("config.local.yaml", config.toString());
    DurableFiles.createDirectories(configDir.resolve("migrations"));
    write(
        "migrations/001_initial.sql",
        """
        CREATE TABLE items (id INTEGER PRIMARY KEY, title TEXT, note TEXT);
        CREATE TABLE tags (item_id INTEGER NOT NULL REFERENCES items (id), tag TEXT);
        CREATE INDEX items_title ON items (title);
        """);
  }

  /** Writes the next release's two steps. */
  void release() throws IOException {
    write(
        "migrations/002_add_state.sql",
        "ALTER TABLE items ADD COLUMN state TEXT NOT NULL DEFAULT 'open';\n");
    write(
        "migrations/003_list_tags.sql",
        """
        CREATE TABLE tag_names (name TEXT PRIMARY KEY);
        INSERT INTO tag_names SELECT DISTINCT tag FROM tags;
        """);
  }

  private void write(String name, String text) throws IOException {
    DurableFiles.write(configDir.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
