package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.migration.Ladder;
import dev.workbuddy.backup.migration.Ladders;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.migration.StepLadder;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Refuses schemas from the future before anything is unpacked, and plans the way of the others. */
final class SchemaGuard {
  private final Settings settings;
  private final MigrationRunner runner;
  private final KnownVersions known;
  private final Ladders configured;
  private final Map<String, Ladder> ladders = new HashMap<>();
  private final Map<String, Migration> climbs = new HashMap<>();
  private final List<String> incomparable = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param known the limit of databases without a ladder
   */
  SchemaGuard(Settings settings, MigrationRunner runner, KnownVersions known) {
    this.settings = settings;
    this.runner = runner;
    this.known = known;
    this.configured = new Ladders(settings);
  }

  /**
   * For databases that go into the live directory.
   *
   * @param migrate whether they are to have today's schema; else they keep the snapshot's
   */
  Schemas intoLive(List<SnapshotContents.Item> items, boolean force, boolean migrate)
      throws IOException {
    List<String> tooNew = new ArrayList<>();
    configured.ask(
        items.stream().flatMap(item -> settings.database(item.name()).stream()).toList());
    for (SnapshotContents.Item item : items) {
      Optional<Ladder> ladder = ladder(item);
      if (ladder.isEmpty()) {
        beyondKnown(item).ifPresent(tooNew::add);
      } else if (item.schemaVersion() > ladder.get().top()) {
        tooNew.add(
            "%s has schema version %d, and the migrations end at %d"
                .formatted(item.name(), item.schemaVersion(), ladder.get().top()));
      } else if (migrate) {
        plan(item, ladder.get());
      }
    }
    warnings.addAll(configured.remarks());
    if (!incomparable.isEmpty()) {
      warnings.add(
          "nothing here tells whether the application knows the schema versions of the snapshot: "
              + String.join(", ", incomparable));
    }
    refuseUnknown(force);
    if (!tooNew.isEmpty() && !force) {
      throw new BackupException(
          ErrorCode.SCHEMA_TOO_NEW,
          "the snapshot is from newer code: " + String.join("; ", tooNew),
          "Update the application first, or choose an older snapshot; --force restores it as it is."
              + " Nothing was changed.");
    }
    if (!migrate) {
      warnings.add(
          "restored with the schemas of the snapshot: --no-migrate; `wb-backup migrate run` brings"
              + " them up to date");
    }
    tooNew.forEach(text -> warnings.add(text + "; restored as it is (--force)"));
    return new Schemas(ladders, climbs, warnings);
  }

  /** For a directory to look into: what the snapshot holds stays as it was. */
  Schemas asTheyAre(List<SnapshotContents.Item> items) {
    boolean any =
        items.stream()
            .flatMap(item -> settings.database(item.name()).stream())
            .anyMatch(database -> database.ladder() != null);
    return new Schemas(
        Map.of(),
        Map.of(),
        any
            ? List.of("unpacked with the schemas of the snapshot: --to does not migrate")
            : List.of());
  }

  private Optional<Ladder> ladder(SnapshotContents.Item item) throws IOException {
    Optional<VitalDatabase> database = settings.database(item.name());
    try {
      return database.isEmpty() ? Optional.empty() : configured.of(database.get());
    } catch (BackupException e) {
      if (e.code() != ErrorCode.MIGRATE_COMMAND_FAILED) {
        throw e;
      }
      warnings.add(e.text() + "; it is restored with the schema of the snapshot. " + e.hint());
      return Optional.empty();
    }
  }

  /** Without a ladder the newest version that was ever seen here is all that the code can read. */
  private Optional<String> beyondKnown(SnapshotContents.Item item) {
    OptionalInt newest = known.newest(item);
    if (newest.isEmpty() && item.schemaVersion() > 0) {
      incomparable.add("%s %d".formatted(item.name(), item.schemaVersion()));
    }
    return newest.isPresent() && item.schemaVersion() > newest.getAsInt()
        ? Optional.of(
            "%s has schema version %d, and the newest known here is %d"
                .formatted(item.name(), item.schemaVersion(), newest.getAsInt()))
        : Optional.empty();
  }

  private void plan(SnapshotContents.Item item, Ladder configured) {
    Ladder ladder = configured;
    if (item.schemaVersion() == 0 && ladder instanceof StepLadder steps) {
      ladder = fromLiveBaseline(item, steps);
    }
    Migration climb = ladder.plan(item.schemaVersion(), !item.rowCounts().isEmpty());
    ladders.put(item.name(), ladder);
    climbs.put(item.name(), climb);
  }

  /** Only the live database can tell where a ladder of several steps has to begin. */
  private void refuseUnknown(boolean force) {
    if (!unknown.isEmpty() && !force) {
      throw new BackupException(
          ErrorCode.SCHEMA_UNKNOWN,
          "the snapshot is from before there were migrations, and no live database tells which of"
              + " their steps it has: "
              + String.join(", ", unknown),
          "Restore the newest snapshot first, then this one; or --force, which takes it to be at"
              + " the top as it is. Nothing was changed.");
    }
  }

  /** A snapshot from before there were migrations is where the live database was at that time. */
  private Ladder fromLiveBaseline(SnapshotContents.Item item, StepLadder steps) {
    if (item.rowCounts().isEmpty()) {
      return steps;
    }
    OptionalInt live =
        settings.database(item.name()).stream()
            .map(database -> runner.baseline(database.in(settings.dbDir())))
            .flatMapToInt(OptionalInt::stream)
            .filter(version -> version <= steps.top())
            .findFirst();
    StepLadder ladder = live.isPresent() ? steps.withBaseline(live.getAsInt()) : steps;
    boolean certain = live.isPresent() || steps.top() == 1;
    if (!certain) {
      unknown.add(item.name());
    }
    warnings.add(
        "%s has no schema version: it is taken to be at %d%s"
            .formatted(
                item.name(),
                ladder.baseline(),
                live.isPresent()
                    ? ", as the live database was"
                    : certain ? " as it is" : " as it is (--force)"));
    return ladder;
  }
}
