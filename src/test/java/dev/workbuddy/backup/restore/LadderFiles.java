package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.LadderSource;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.migration.EditedSteps;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.migration.SqlDirectory;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A directory of migrations that a test fills step by step, and databases that climb them. */
record LadderFiles(Path directory) {

  static LadderFiles in(Path root) throws IOException {
    return new LadderFiles(Files.createDirectories(root.resolve("migrations")));
  }

  /** The usual four steps, up to this one. */
  LadderFiles upTo(int top) throws IOException {
    String[] steps = {
      "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, data BLOB);",
      "ALTER TABLE item ADD COLUMN colour TEXT DEFAULT 'none';",
      "CREATE TABLE tag (item_id INTEGER REFERENCES item (id), name TEXT);"
          + " INSERT INTO tag SELECT id, 'old' FROM item;",
      "CREATE INDEX item_name ON item (name);",
    };
    for (int i = 0; i < top; i++) {
      step(i + 1, steps[i]);
    }
    return this;
  }

  LadderFiles step(int version, String sql) throws IOException {
    Files.writeString(directory.resolve("%03d_step_%d.sql".formatted(version, version)), sql);
    return this;
  }

  /** The database with these migrations. */
  VitalDatabase of(VitalDatabase database) {
    return new VitalDatabase(
        database.name(), database.path(), null, new LadderSource.SqlFiles(directory));
  }

  /** Brings a database to the top, as its application would when it starts. */
  void climb(Path file) throws IOException, InterruptedException {
    new MigrationRunner(new ObedientClock("2026-05-06T07:08:09Z"), Duration.ofSeconds(1))
        .run(file, new SqlDirectory(directory).read(), EditedSteps.REFUSE);
  }
}
