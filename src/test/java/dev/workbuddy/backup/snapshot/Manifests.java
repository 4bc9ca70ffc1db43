package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.sqlite.Objection;
import dev.workbuddy.backup.sqlite.Unchecked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Manifests for tests. */
final class Manifests {
  private static final List<String> NAMES =
      List.of("tasks", "größe 🗂", "a\"b", "select", "back\\slash", "", "\u0001", "a/b", "x");

  private Manifests() {}

  /** One in which every key has a value. */
  static Manifest full() {
    return new Manifest(
        1,
        "2026-11-22T13:00:00Z",
        "host-1",
        "2.3.4",
        "0123456789abcdef0123456789abcdef01234567",
        "main",
        true,
        Map.of("tasks", 10, "projects", 0),
        Map.of("tasks", Map.of("task_metadata", 144L, "größe \"x\"", 0L), "projects", Map.of()),
        new Manifest.Tool("wb-backup", "0.1.0", "3.54.1"),
        true,
        false,
        "before the great change",
        "apps/db",
        Map.of(
            "tasks",
            new Manifest.Database(
                "tasks/task_metadata.db",
                1_048_576,
                "ab".repeat(32),
                4096,
                256,
                "wal",
                7,
                new Manifest.Copy("wal-read", 12, 0, 0),
                new Manifest.HighMarks(
                    Map.of("task_metadata", 150L), Map.of("task_metadata", 144L), Map.of()),
                List.of(new Objection("index by_name", "row 7 missing from index by_name", 3)),
                List.of(new Unchecked("index by_sound", "unknown function: soundex()"))),
            "projects",
            new Manifest.Database(
                "projects.db",
                5_000_000_000L,
                "0".repeat(64),
                512,
                9_765_625,
                "delete",
                -1,
                new Manifest.Copy("stepped", 3456, 6, 78),
                Manifest.HighMarks.NONE,
                List.of(),
                List.of())),
        List.of(
            new Manifest.Missing("messages", "messages.db", "corrupt", "quick_check found damage")),
        2,
        List.of(
            new Alarm(
                "3f9a2c41",
                "table-shrunk",
                "tasks",
                "task_metadata",
                1000L,
                144L,
                1010L,
                "snap-2026-11-22T12-00-00Z",
                "snap-2026-11-22T13-00-00Z",
                Instant.parse("2026-11-22T13:00:00Z"),
                Instant.parse("2026-11-22T13:00:00Z"),
                false,
                "tasks.task_metadata has 144 rows",
                null,
                null)),
        "rescue",
        "0123456789abcdef0123456789abcdef",
        17L);
  }

  /** Complete, or with a database missing. */
  static Manifest simple(SnapshotId id, boolean complete) {
    return new Manifest(
        1,
        id.time().toString(),
        "host",
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        null,
        id.manual(),
        id.agent(),
        null,
        null,
        Map.of(),
        complete ? List.of() : List.of(new Manifest.Missing("a", "a.db", "missing", "not there")),
        0,
        List.of(),
        null,
        null,
        null);
  }

  static Manifest random(Random random) {
    Map<String, Integer> versions = new LinkedHashMap<>();
    Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
    Map<String, Manifest.Database> databases = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = i + word(random);
      versions.put(name, random.nextInt());
      Map<String, Long> tables = new LinkedHashMap<>();
      for (int t = random.nextInt(4); t > 0; t--) {
        tables.put(word(random) + t, random.nextLong(Long.MAX_VALUE));
      }
      rows.put(name, tables);
      databases.put(name, database(random, "db" + i + "/größe 🗂.db"));
    }
    List<Manifest.Missing> missing = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      missing.add(new Manifest.Missing(word(random), word(random), word(random), word(random)));
    }
    boolean known = random.nextBoolean();
    return new Manifest(
        1,
        Instant.ofEpochSecond(random.nextInt()).toString(),
        word(random),
        known ? word(random) : null,
        known ? word(random) : null,
        known ? word(random) : null,
        known ? random.nextBoolean() : null,
        versions,
        rows,
        known ? new Manifest.Tool(word(random), word(random), word(random)) : null,
        random.nextBoolean(),
        random.nextBoolean(),
        known ? word(random) : null,
        known ? "apps/größe " + random.nextInt(9) : null,
        databases,
        missing,
        random.nextLong(Long.MAX_VALUE),
        List.of(),
        known ? word(random) : null,
        known ? "0123456789abcdef".repeat(2) : null,
        known ? random.nextLong(1, 1000) : null);
  }

  private static Manifest.Database database(Random random, String file) {
    return new Manifest.Database(
        file,
        1 + random.nextLong(Long.MAX_VALUE - 1),
        "%064x".formatted(random.nextInt(Integer.MAX_VALUE)),
        random.nextInt(),
        random.nextLong(),
        word(random),
        random.nextInt(),
        new Manifest.Copy(word(random), random.nextLong(), random.nextInt(), random.nextLong()),
        random.nextBoolean()
            ? null
            : new Manifest.HighMarks(
                Map.of(word(random), random.nextLong()),
                Map.of(),
                Map.of(word(random), random.nextLong())),
        random.nextBoolean()
            ? List.of()
            : List.of(new Objection(word(random), word(random), random.nextLong())),
        random.nextBoolean() ? List.of() : List.of(new Unchecked(word(random), word(random))));
  }

  private static String word(Random random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }
}
