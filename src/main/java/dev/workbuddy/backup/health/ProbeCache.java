package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was found by looking far away, remembered in {@code backups/health.json} across processes.
 * What was good is believed for longer than what was not.
 */
final class ProbeCache {
  private static final String FILE_NAME = "health.json";

  /** More than any real one needs. */
  private static final int MOST_BYTES = 4 << 20;

  private static final Duration GOOD_FOR = Duration.ofMinutes(15);
  private static final Duration BAD_FOR = Duration.ofMinutes(1);

  private final Optional<Path> backups;
  private final Map<String, Remembered> findings;

  /** A finding with its time. */
  record Remembered(Finding finding, Instant at) {
    boolean isFresh(Instant now) {
      Duration age = Duration.between(at, now);
      return !age.isNegative() && age.compareTo(finding.isOk() ? GOOD_FOR : BAD_FOR) < 0;
    }
  }

  /** The file's form. */
  record Document(Map<String, Remembered> findings) {
    Document {
      findings = Map.copyOf(findings);
    }
  }

  private ProbeCache(Optional<Path> backups, Map<String, Remembered> findings) {
    this.backups = backups;
    this.findings = new ConcurrentHashMap<>(findings);
  }

  /** One that keeps nothing. */
  static ProbeCache none() {
    return new ProbeCache(Optional.empty(), Map.of());
  }

  /** What is remembered; nothing where the file is not there or says nothing. */
  static ProbeCache open(Path backupsDir) {
    return new ProbeCache(
        Optional.of(backupsDir),
        stored(backupsDir).found().map(Document::findings).orElse(Map.of()));
  }

  /** Why it cannot be read, with the file's name; empty where it can, or is not there. */
  static Optional<String> problem(Path backupsDir) {
    return stored(backupsDir).problem().map(why -> FILE_NAME + " " + why);
  }

  private static Stored<Document> stored(Path backupsDir) {
    return file(backupsDir).json(Document.class);
  }

  private static StateFile file(Path backupsDir) {
    return new StateFile(backupsDir.resolve(FILE_NAME), MOST_BYTES);
  }

  Optional<Finding> fresh(String key, Instant now) {
    return Optional.ofNullable(findings.get(key))
        .filter(found -> found.isFresh(now))
        .map(Remembered::finding);
  }

  void put(String key, Finding finding, Instant now) {
    findings.put(key, new Remembered(finding, now));
  }

  /** Keeps it for other processes, where there is a place for that; forgets what is too old. */
  void save(Instant now) {
    findings.values().removeIf(found -> !found.isFresh(now));
    if (backups.filter(Files::isDirectory).isEmpty()) {
      return;
    }
    byte[] document = Json.bytes(new Document(new TreeMap<>(findings)));
    try {
      Optional<String> _ = file(backups.get()).replace(document, stored(backups.get()));
    } catch (IOException notKept) {
      // The next look asks again.
    }
  }
}
