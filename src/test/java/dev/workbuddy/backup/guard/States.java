package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.config.GuardSettings;
import dev.workbuddy.backup.snapshot.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * States of a database for tests, from texts like {@code notes=100 v=3 app=7 sha=ab seq=notes:100
 * top=notes:100}.
 */
final class States {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final GuardSettings USUAL = GuardSettings.defaults();

  private States() {}

  /** The new one. */
  static DatabaseState now(String text) {
    return at(NOW, text);
  }

  /** One from so many hours before. */
  static DatabaseState before(int hours, String text) {
    return at(NOW.minus(Duration.ofHours(hours)), text);
  }

  private static DatabaseState at(Instant moment, String text) {
    Map<String, Long> rows = new LinkedHashMap<>();
    int version = 3;
    int application = 0;
    String sha = null;
    Map<String, Long> sequences = new TreeMap<>();
    Map<String, Long> rowids = new TreeMap<>();
    Map<String, Long> documents = new TreeMap<>();
    for (String word : text.isBlank() ? new String[0] : text.strip().split(" +", -1)) {
      String[] pair = word.split("=", 2);
      switch (pair[0]) {
        case "v" -> version = Integer.parseInt(pair[1]);
        case "app" -> application = Integer.parseInt(pair[1]);
        case "sha" -> sha = pair[1];
        case "seq", "top", "docs" -> {
          String[] mark = pair[1].split(":", 2);
          Map<String, Long> marks =
              switch (pair[0]) {
                case "seq" -> sequences;
                case "top" -> rowids;
                default -> documents;
              };
          marks.put(mark[0], Long.valueOf(mark[1]));
        }
        default -> rows.put(pair[0], Long.valueOf(pair[1]));
      }
    }
    Manifest.HighMarks high = new Manifest.HighMarks(sequences, rowids, documents);
    return new DatabaseState(
        "snap-of-" + moment, moment, version, application, rows, null, high, sha);
  }
}
