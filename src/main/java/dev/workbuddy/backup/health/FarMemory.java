package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;

/**
 * What was found by looking far away, remembered in {@code backups/health.json} across processes.
 * What was good is believed for longer than what was not.
 */
final class FarMemory {
  private static final Duration GOOD_FOR = Duration.ofMinutes(15);
  private static final Duration BAD_FOR = Duration.ofMinutes(1);

  private final Optional<Path> file;
  private final Map<String, Remembered> findings;

  /** A finding with its time. */
  record Remembered(Finding finding, Instant at) {
    boolean isFresh(Instant now) {
      Duration age = Duration.between(at, now);
      return !age.isNegative() && age.compareTo(finding.isOk() ? GOOD_FOR : BAD_FOR) < 0;
    }
  }

  /** The file's form. */
  record Document(Map<String, Remembered> findings) {}

  private FarMemory(Optional<Path> file, Map<String, Remembered> findings) {
    this.file = file;
    this.findings = new ConcurrentHashMap<>(findings);
  }

  /** One that keeps nothing. */
  static FarMemory none() {
    return new FarMemory(Optional.empty(), Map.of());
  }

  /** What is remembered; nothing where the file is not there or says nothing. */
  static FarMemory open(Path backupsDir) {
    Path file = backupsDir.resolve("health.json");
    try {
      Document document = Json.read(Files.readAllBytes(file), Document.class);
      Map<String, Remembered> whole = new TreeMap<>();
      document.findings().forEach((key, found) -> remember(whole, key, found));
      return new FarMemory(Optional.of(file), whole);
    } catch (IOException | JacksonException | NullPointerException nothing) {
      return new FarMemory(Optional.of(file), Map.of());
    }
  }

  private static void remember(Map<String, Remembered> whole, String key, Remembered found) {
    if (Optional.ofNullable(found.finding().condition()).isPresent()
        && Optional.ofNullable(found.at()).isPresent()) {
      whole.put(key, found);
    }
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
    if (file.filter(place -> Files.isDirectory(DurableFiles.parent(place))).isEmpty()) {
      return;
    }
    try {
      DurableFiles.write(file.get(), Json.bytes(new Document(new TreeMap<>(findings))));
    } catch (IOException notKept) {
      // The next look asks again.
    }
  }
}
