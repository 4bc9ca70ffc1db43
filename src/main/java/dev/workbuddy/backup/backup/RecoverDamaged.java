package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.RecoveredRows;
import dev.workbuddy.backup.snapshot.RecoveredStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.sqlite.DatabaseProblem;
import dev.workbuddy.backup.sqlite.LiveDatabase;
import dev.workbuddy.backup.sqlite.ShellRecover;
import dev.workbuddy.backup.sqlite.TableByTable;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what can be read of databases that are too damaged to be saved, and keeps it beside the
 * snapshots, so that a person has the newest rows as well. It is no snapshot and counts as none.
 */
final class RecoverDamaged {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

  /** The copy, what is read of it, twice, and SQL text in between. */
  private static final int TIMES_ITS_SIZE = 6;

  /** The table of {@code .recover} for rows of which nobody knows the table. */
  private static final String LOST_AND_FOUND = "lost_and_found";

  private final Settings settings;
  private final Machine machine;
  private final RecoveredStore store;

  RecoverDamaged(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
    this.store = new RecoveredStore(settings.backupsDir());
  }

  /**
   * Reads what can be read of each that is damaged, unless the same was done before. Requires the
   * run lock. A failure here affects nothing else.
   *
   * @param history what may have a good snapshot, the newest first
   * @return what the user should know of each
   */
  List<String> run(List<Manifest.Missing> missing, OwnHistory history, Progress progress)
      throws InterruptedException {
    List<String> told = new ArrayList<>();
    for (Manifest.Missing one : missing) {
      Optional<VitalDatabase> vital = settings.database(one.database());
      if (vital.isPresent() && one.reason().equals(DatabaseProblem.Kind.CORRUPT.word())) {
        progress.step("reading what is left of " + one.database());
        told.add(tellOf(one, vital.get().in(settings.dbDir()), history));
      }
    }
    return told;
  }

  private String tellOf(Manifest.Missing one, Path live, OwnHistory history)
      throws InterruptedException {
    try {
      return recover(one, live, history)
          .map(RecoveredRows::text)
          .orElse(one.database() + ": no row could be read of the damaged file");
    } catch (IOException | UnusableDatabaseException | BackupException e) {
      return "%s: what is left of it could not be read: %s"
          .formatted(
              one.database(),
              e instanceof UnusableDatabaseException unusable
                  ? unusable.problem().detail()
                  : RunError.of(e).message());
    }
  }

  private Optional<RecoveredRows> recover(Manifest.Missing one, Path live, OwnHistory history)
      throws IOException, InterruptedException, UnusableDatabaseException {
    Path partial = store.begin(one.database());
    try {
      Space.require(
          partial,
          Files.size(live) * TIMES_ITS_SIZE,
          "read what is left of the damaged " + one.database());
      Path copy = partial.resolve("damaged.db");
      LiveDatabase.copyDamaged(live, copy, BUSY_TIMEOUT);
      String sha256 = Checksums.sha256(copy);
      Optional<RecoveredRows> known = store.read(one.database());
      if (known.isPresent() && known.get().damagedSha256().equals(sha256)) {
        return known;
      }
      Optional<Best> best = best(copy, partial);
      Files.delete(copy);
      if (best.isEmpty()) {
        return Optional.empty();
      }
      RecoveredRows rows = note(one, sha256, best.get(), history);
      store.publish(partial, rows);
      return Optional.of(rows);
    } finally {
      DurableFiles.deleteTree(partial);
    }
  }

  private record Best(String by, Map<String, Long> rows, List<String> left) {
    long known() {
      return rows.entrySet().stream()
          .filter(table -> !table.getKey().startsWith(LOST_AND_FOUND))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    boolean isEmpty() {
      return rows.values().stream().allMatch(count -> count == 0);
    }
  }

  /** Of both ways the one that brings more rows back to their tables. */
  private Optional<Best> best(Path copy, Path partial) throws IOException, InterruptedException {
    Path target = partial.resolve(RecoveredStore.FILE);
    Optional<Best> ours = tableByTable(copy, target);
    Path other = partial.resolve("shell.db");
    Optional<Best> shells = byTheShell(copy, other);
    boolean shellIsBetter =
        shells.isPresent() && (ours.isEmpty() || shells.get().known() >= ours.get().known());
    if (shellIsBetter) {
      Files.deleteIfExists(target);
      Files.move(other, target);
    } else {
      Files.deleteIfExists(other);
    }
    return (shellIsBetter ? shells : ours).filter(found -> !found.isEmpty());
  }

  private static Optional<Best> tableByTable(Path copy, Path target) throws IOException {
    try {
      TableByTable.Read read = new TableByTable(LIMIT).run(copy, target);
      return Optional.of(new Best("table by table", read.rows(), read.left()));
    } catch (UnusableDatabaseException noSchema) {
      Files.deleteIfExists(target);
      return Optional.empty();
    }
  }

  private Optional<Best> byTheShell(Path copy, Path target)
      throws IOException, InterruptedException {
    Optional<ShellRecover> shell = ShellRecover.find(machine.environment(), LIMIT);
    Optional<Map<String, Long>> rows =
        shell.isPresent() ? shell.get().run(copy, target) : Optional.empty();
    return rows.map(found -> new Best("sqlite3 .recover", found, List.of()));
  }

  private RecoveredRows note(Manifest.Missing one, String sha256, Best best, OwnHistory history) {
    return new RecoveredRows(
        one.database(),
        store.of(one.database()).resolve(RecoveredStore.FILE).toString(),
        machine.clock().instant().toString(),
        best.by(),
        one.detail(),
        sha256,
        history.snapshots().stream()
            .filter(snapshot -> holds(snapshot, one.database()))
            .findFirst()
            .map(snapshot -> snapshot.id().toString())
            .orElse(null),
        best.rows(),
        best.left());
  }

  private static boolean holds(StoredSnapshot snapshot, String database) {
    return snapshot
        .readManifest()
        .filter(manifest -> manifest.databases().containsKey(database))
        .isPresent();
  }
}
