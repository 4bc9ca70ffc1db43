package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileMetadata;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.migration.Ladder;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.contents.Damage;
import dev.workbuddy.backup.sqlite.Inspection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The directory in which a restore is made ready; it becomes the live one when it is whole. */
final class Staging {
  private static final String UNPACKED = ".wb-backup-unpacked";
  private static final long SPARE_BYTES = 16L << 20;

  private final Path directory;
  private final ArchiveReader archives;
  private final MigrationRunner runner;
  private final Progress progress;
  private final FileMetadata metadata;

  Staging(Path directory, ArchiveReader archives, MigrationRunner runner, Progress progress) {
    this.directory = directory;
    this.archives = archives;
    this.runner = runner;
    this.progress = progress;
    this.metadata = new FileMetadata(DurableFiles.parent(directory));
  }

  /**
   * What came of filling it.
   *
   * @param migrated by logical name
   * @param warnings the plan's and those of the checks
   */
  record Filled(Map<String, Migration> migrated, List<String> warnings) {
    Filled with(List<String> more) {
      return new Filled(
          migrated, Stream.concat(warnings.stream(), more.stream()).distinct().toList());
    }
  }

  /**
   * Unpacks the planned databases, checks them, puts each in its place and brings it up its ladder.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException for the first thing found wrong
   */
  Filled fill(PreparedRestore prepared, boolean force) throws IOException {
    return fill(prepared, force, _ -> {});
  }

  /** Something that a new directory says from its first moment on. */
  @FunctionalInterface
  interface Note {
    void in(Path directory) throws IOException;
  }

  /**
   * Like {@link #fill(Prepared, boolean)}.
   *
   * @param note for those who find the directory cut short
   */
  Filled fill(PreparedRestore prepared, boolean force, Note note) throws IOException {
    Space.require(DurableFiles.parent(directory), prepared.plan().bytes() + SPARE_BYTES, "restore");
    DurableFiles.createPrivateDirectory(directory);
    note.in(directory);
    Path unpacked = Files.createDirectory(directory.resolve(UNPACKED));
    progress.step("unpacking");
    List<CheckedDatabase> checked = unpack(prepared, unpacked);
    List<String> warnings = new ArrayList<>(prepared.plan().warnings());
    for (CheckedDatabase database : checked) {
      warnings.addAll(requireSound(database, force));
    }
    place(prepared.plan(), checked);
    placeBeside(prepared.plan(), unpacked);
    DurableFiles.deleteTree(unpacked);
    Map<String, Migration> migrated = migrate(prepared, checked, force, warnings);
    return new Filled(migrated, warnings);
  }

  /** Compares the checksums meanwhile; a file that changed explains whatever else goes wrong. */
  private List<CheckedDatabase> unpack(PreparedRestore prepared, Path directory)
      throws IOException {
    CompletableFuture<Void> checksums =
        CompletableFuture.runAsync(() -> verifyChecksums(prepared.snapshot()));
    try {
      Unpacker unpacker =
          new Unpacker(
              prepared.snapshot(),
              prepared.contents(),
              prepared.items(),
              !prepared.plan().beside().isEmpty(),
              progress);
      List<CheckedDatabase> checked = unpacker.run(archives, directory);
      Futures.join(checksums);
      prepared.contents().requireSoundBeside(unpacker.damage());
      return checked;
    } catch (BackupException e) {
      Futures.join(checksums);
      throw e;
    }
  }

  private static void verifyChecksums(StoredSnapshot snapshot) {
    try {
      Checksums.verify(snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Force goes past broken references, which the data may always have had; never past damage. */
  private static List<String> requireSound(CheckedDatabase database, boolean force) {
    List<String> warnings = new ArrayList<>(database.warnings());
    for (Damage finding : database.damage()) {
      if (!force || finding.code() != ErrorCode.FOREIGN_KEYS_BROKEN) {
        throw finding.asError();
      }
      warnings.add(finding.text() + "; restored anyway (--force)");
    }
    return warnings;
  }

  private void place(RestorePlan plan, List<CheckedDatabase> checked) throws IOException {
    for (CheckedDatabase database : checked) {
      Path target = place(plan, database);
      Files.createDirectories(DurableFiles.parent(target));
      Files.move(database.file().path(), target);
    }
  }

  private void placeBeside(RestorePlan plan, Path unpacked) throws IOException {
    for (Map.Entry<String, String> file : plan.beside().entrySet()) {
      Path target = directory.resolve(file.getValue());
      Files.createDirectories(DurableFiles.parent(target));
      Files.move(unpacked.resolve(file.getKey()), target);
    }
  }

  private Path place(RestorePlan plan, CheckedDatabase database) {
    return plan.databases().stream()
        .filter(planned -> planned.name().equals(database.item().name()))
        .map(planned -> directory.resolve(planned.file()))
        .findFirst()
        .orElseThrow();
  }

  /** Those without a ladder stay as they are. Modes come last: they may forbid to write. */
  private Map<String, Migration> migrate(
      PreparedRestore prepared, List<CheckedDatabase> checked, boolean force, List<String> warnings)
      throws IOException {
    Map<String, Migration> migrated = new TreeMap<>();
    for (CheckedDatabase database : checked) {
      String name = database.item().name();
      Path file = place(prepared.plan(), database);
      Ladder ladder = prepared.ladders().get(name);
      if (ladder != null) {
        progress.checkpoint();
        progress.step("migrating " + name);
        StagedMigration climb = new StagedMigration(runner, name, file, force);
        migrated.put(name, climb(climb, ladder, Objects.requireNonNull(database.inspection())));
        warnings.addAll(climb.warnings());
      }
      warnings.addAll(metadata.permit(file, database.file().mode()));
    }
    return migrated;
  }

  /** A migration that fails must not close the way back: the data can be had as it is. */
  private static Migration climb(StagedMigration climb, Ladder ladder, Inspection before)
      throws IOException {
    try {
      return climb.run(ladder, before);
    } catch (BackupException e) {
      boolean failed =
          e.code() == ErrorCode.MIGRATION_FAILED || e.code() == ErrorCode.MIGRATE_COMMAND_FAILED;
      if (!failed) {
        throw e;
      }
      throw new BackupException(
          e.code(),
          e.text(),
          e.hint()
              + " `--no-migrate` restores the databases with the schema of the snapshot; `--to DIR`"
              + " unpacks them elsewhere.",
          e);
    }
  }

  /**
   * Adds everything else that the live directory has, and its owners and permissions, so that
   * nobody can tell the two apart but by the databases' content. Until the end nobody else may
   * enter the directory.
   *
   * @return what could not be given to files and directories, in words for the user
   */
  List<String> complete(Path live, Settings settings, CarriedFiles others, RestorePlan plan)
      throws IOException {
    progress.checkpoint();
    progress.step("carrying over other files");
    others.into(directory);
    LostOwners owners = new LostOwners(live, settings.dataRoot());
    List<String> refused = new ArrayList<>();
    for (String file : plan.files()) {
      refused.addAll(describe(live, file, owners));
    }
    refused.addAll(others.describe(directory));
    Path model = Files.isDirectory(live) ? live : settings.dataRoot();
    refused.addAll(metadata.carry(model, directory));
    DurableFiles.syncDirectories(directory);
    return refused;
  }

  private List<String> describe(Path live, String file, LostOwners owners) throws IOException {
    Path before = live.resolve(file);
    Path now = directory.resolve(file);
    if (Files.exists(before)) {
      return metadata.carry(before, now);
    }
    List<String> refused = new ArrayList<>();
    while (!now.equals(directory) && !Files.exists(before)) {
      refused.addAll(metadata.giveAway(owners.modelFor(before), now));
      before = DurableFiles.parent(before);
      now = DurableFiles.parent(now);
    }
    return refused;
  }
}
