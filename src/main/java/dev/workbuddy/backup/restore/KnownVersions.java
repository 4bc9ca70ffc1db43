package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which schema versions the application has reached here, as the live databases and the history
 * tell. A snapshot tells nothing about itself, nor one of another data root's history about this
 * one.
 */
final class KnownVersions {
  private final Settings settings;
  private final MigrationRunner runner;
  private final List<Manifest> history;

  /**
   * @param asked the snapshot whose versions are in question
   */
  KnownVersions(Settings settings, MigrationRunner runner, StoredSnapshot asked)
      throws IOException {
    this.settings = settings;
    this.runner = runner;
    Predicate<StoredSnapshot> own = new IdentityFile(settings.backupsDir()).ownership();
    this.history =
        new LocalStore(settings.backupsDir())
            .list().stream()
                .filter(snapshot -> !snapshot.id().equals(asked.id()))
                .filter(snapshot -> isWithoutIdentity(snapshot) || own.test(snapshot))
                .flatMap(snapshot -> snapshot.readManifest().stream())
                .toList();
  }

  private static boolean isWithoutIdentity(StoredSnapshot snapshot) {
    return snapshot.readManifest().map(Manifest::identity).isEmpty();
  }

  /** The newest version of a database; empty where none is known. */
  OptionalInt newest(SnapshotContents.Item item) {
    Path file =
        settings
            .database(item.name())
            .map(database -> database.in(settings.dbDir()))
            .orElseGet(() -> settings.dbDir().resolve(item.file()));
    IntStream live = runner.version(file).stream();
    IntStream saved =
        history.stream()
            .flatMap(manifest -> Stream.ofNullable(manifest.schemaVersions().get(item.name())))
            .mapToInt(Integer::intValue);
    return IntStream.concat(live, saved).max();
  }
}
