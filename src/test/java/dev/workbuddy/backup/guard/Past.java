package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.config.GuardSettings;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A history in which a snapshot is taken every hour; each is judged, recorded and published. */
final class Past {
  private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");

  private final Snapshots snapshots;
  private GuardSettings settings = GuardSettings.defaults();
  private String host = "here";
  private int hour;
  private @Nullable String takenBefore;

  Past(Path directory) throws IOException {
    snapshots = new Snapshots(directory, 1);
  }

  Past with(GuardSettings other) {
    settings = other;
    return this;
  }

  Past on(String machine) {
    host = machine;
    return this;
  }

  /** What the next snapshot is taken before. */
  Past before(String change) {
    takenBefore = change;
    return this;
  }

  LocalStore store() {
    return snapshots.store();
  }

  Path directory() {
    return store().directory();
  }

  Instant now() {
    return BEGIN.plus(Duration.ofHours(hour));
  }

  /** The next snapshot, of one database called {@code tasks}. */
  GuardResult take(String state) throws IOException {
    return take(Map.of("tasks", state));
  }

  /** The next snapshot; a state that begins with {@code !} is a reason why there is none. */
  GuardResult take(Map<String, String> states) throws IOException {
    hour++;
    SnapshotId id = new SnapshotId(now(), false);
    Identity identity = new Identity(identity(), List.of(), null, null, null);
    Optional<String> _ = new IdentityFile(directory()).write(identity);
    Guard guard = new Guard(settings, store());
    Manifest seen = manifest(states);
    GuardResult result = guard.judge(store().list(), identity, id, seen);
    guard.record(result);
    snapshots.described(id.toString(), seen.withAlarms(result.open()));
    takenBefore = null;
    return result;
  }

  private Manifest manifest(Map<String, String> states) {
    Map<String, Integer> versions = new HashMap<>();
    Map<String, Map<String, Long>> rows = new HashMap<>();
    List<Manifest.Missing> missing = new ArrayList<>();
    states.forEach(
        (name, text) -> {
          if (text.startsWith("!")) {
            missing.add(new Manifest.Missing(name, name + ".db", text.substring(1), "it is so"));
          } else {
            DatabaseState state = States.now(text);
            versions.put(name, state.schemaVersion());
            rows.put(name, state.rows());
          }
        });
    return new Manifest(
        Manifest.VERSION,
        now().toString(),
        host,
        null,
        null,
        null,
        null,
        versions,
        rows,
        null,
        false,
        false,
        null,
        "db",
        Map.of(),
        missing,
        0,
        List.of(),
        takenBefore,
        identity(),
        (long) hour);
  }

  /** Each machine takes snapshots of a data root of its own. */
  private String identity() {
    return Checksums.mark(host, 32);
  }

  /** The id of the snapshot so many hours before the newest. */
  String id(int before) {
    return new SnapshotId(now().minus(Duration.ofHours(before)), false).toString();
  }

  StoredSnapshot snapshot(String id) throws IOException {
    return store().read(SnapshotId.parse(id).orElseThrow(), directory().resolve(id));
  }

  boolean isHeld(String id) throws IOException {
    return snapshot(id).isHeld();
  }

  AcknowledgeAlarms.Result acknowledge(boolean keepHold) throws IOException {
    return new AcknowledgeAlarms(store(), directory().resolve("lock"))
        .run(null, new Alarm.Ack("somebody", "it was meant", now(), keepHold));
  }

  void damageAlarms(String content) throws IOException {
    Files.writeString(directory().resolve("alarms.json"), content);
  }

  List<String> open() {
    return Alarms.open(directory()).stream()
        .map(alarm -> alarm.kind() + " " + alarm.subject() + (alarm.recovered() ? " +" : ""))
        .toList();
  }
}
