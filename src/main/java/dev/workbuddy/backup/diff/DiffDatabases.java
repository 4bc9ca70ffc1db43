package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.diff.DiffResult.DatabaseDiff;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.ReadTransaction;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.ChangedTables;
import dev.workbuddy.backup.tables.DatabaseCache;
import dev.workbuddy.backup.tables.LargeValues;
import dev.workbuddy.backup.tables.LiveCopy;
import dev.workbuddy.backup.tables.LiveFiles;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.SnapshotDatabases;
import dev.workbuddy.backup.tables.SnapshotDatabases.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The use case of comparing a snapshot with another one or with the live databases. */
public final class DiffDatabases {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final String KEPT = "kept";
  private static final String MAIN = "main";
  private static final String OTHER = "other";

  private final Settings settings;
  private final SnapshotDatabases snapshots;

  public DiffDatabases(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.snapshots = new SnapshotDatabases(settings, clock);
  }

  /** Compares; a live database is read in one transaction, at one moment. */
  public DiffResult run(DiffRequest request, Progress progress) throws IOException {
    Source before = snapshots.find(request.before());
    Source after =
        request.after().equals(DiffRequest.LIVE) ? null : snapshots.find(request.after());
    List<String> warnings = new ArrayList<>();
    Set<String> names = new DatabaseChoice(settings).of(request, before, after, warnings);
    Map<String, Path> old = snapshots.files(before, names, DatabaseCache.Trust.SEAL, progress);
    Map<String, Path> now =
        after == null
            ? Map.of()
            : snapshots.files(after, names, DatabaseCache.Trust.SEAL, progress);
    List<DatabaseDiff> differences = new ArrayList<>();
    ShownRows shown = new ShownRows();
    try (RowLog log = RowLog.to(request.output())) {
      for (String name : names) {
        progress.checkpoint();
        progress.step("comparing " + name);
        Compared compared = new Compared(request, name, log, shown, warnings, progress);
        compare(compared, Objects.requireNonNull(old.get(name)), now.get(name), names.size() == 1)
            .ifPresent(differences::add);
      }
      log.finish();
    }
    requireTables(before, request, differences);
    return new DiffResult(
        before.id(),
        after == null ? DiffRequest.LIVE : after.id(),
        differences,
        Stream.of(before.remarks(), after == null ? List.<String>of() : after.remarks(), warnings)
            .flatMap(List::stream)
            .distinct()
            .toList(),
        request.output(),
        warnings.isEmpty());
  }

  /**
   * Compares older files with the live databases, row by row. A warning names each one that cannot
   * be compared.
   *
   * @param before files that nobody uses, by the logical names of live databases
   */
  public DiffResult withLive(Map<String, Path> before, Progress progress) throws IOException {
    DiffRequest request =
        new DiffRequest(KEPT, DiffRequest.LIVE, before.keySet(), Set.of(), true, 0, null);
    List<String> warnings = new ArrayList<>();
    List<DatabaseDiff> differences = new ArrayList<>();
    ShownRows shown = new ShownRows();
    try (RowLog log = RowLog.to(null)) {
      for (Map.Entry<String, Path> entry : new TreeMap<>(before).entrySet()) {
        String name = entry.getKey();
        progress.checkpoint();
        progress.step("comparing " + name);
        Compared compared = new Compared(request, name, log, shown, warnings, progress);
        withLive(compared, entry.getValue()).ifPresent(differences::add);
      }
    }
    return new DiffResult(KEPT, DiffRequest.LIVE, differences, warnings, null, warnings.isEmpty());
  }

  /** What the older file's log holds is part of it, so that a copy is compared. */
  private Optional<DatabaseDiff> withLive(Compared compared, Path before) throws IOException {
    Optional<LiveCopy> copied;
    try {
      copied = snapshots.copyOf(compared.name(), before);
    } catch (BackupException e) {
      compared.warnings().add(e.text());
      return Optional.empty();
    }
    if (copied.isEmpty()) {
      compared.warnings().add(compared.name() + ": the disk has no room to compare it");
      return Optional.empty();
    }
    try (LiveCopy copy = copied.get()) {
      return compare(compared, copy.file(), null, false);
    }
  }

  /** What is to be said of one database, and to whom. */
  private record Compared(
      DiffRequest request,
      String name,
      RowSink log,
      ShownRows shown,
      List<String> warnings,
      Progress progress) {

    void tell(ChangedTables changes) {
      progress.step("comparing %s: %s".formatted(name, changes.told()));
    }
  }

  /** One that is damaged, or in somebody's hands, does not keep the others from being compared. */
  private Optional<DatabaseDiff> compare(
      Compared compared, Path before, @Nullable Path after, boolean alone) throws IOException {
    try {
      return Optional.of(compare(compared, before, after));
    } catch (BackupException e) {
      if (alone || e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      compared.warnings().add(Sentences.join(e.text(), e.hint()));
      return Optional.empty();
    }
  }

  private DatabaseDiff compare(Compared compared, Path before, @Nullable Path after)
      throws IOException {
    return after == null ? compareLive(compared, before) : compareStill(compared, before, after);
  }

  /** Reading every row takes longer than a copy, of which only some pages need a look. */
  private DatabaseDiff compareLive(Compared compared, Path before) throws IOException {
    Path live = new LiveFiles(settings).file(compared.name());
    if (compared.request().rows() && compared.request().tables().isEmpty()) {
      Optional<LiveCopy> copied = snapshots.copyOf(compared.name(), live);
      if (copied.isPresent()) {
        try (LiveCopy copy = copied.get()) {
          return compareStill(compared, before, copy.file());
        }
      }
    }
    try (Connection connection = Connections.live(live, BUSY_TIMEOUT)) {
      Schemas schemas = Schemas.of(connection, before);
      return compare(compared, connection, schemas, schemas.unknown());
    } catch (SQLException e) {
      throw LiveFiles.unusable(compared.name(), e);
    }
  }

  private DatabaseDiff compareStill(Compared compared, Path before, Path after) throws IOException {
    try (Connection connection = Connections.still(after)) {
      Schemas schemas = Schemas.of(connection, before);
      if (!compared.request().rows()) {
        return compare(compared, connection, schemas, schemas.unknown());
      }
      try (ChangedTables changes =
          ChangedTables.between(before, schemas.before(), after, schemas.after())) {
        compared.tell(changes);
        return compare(compared, connection, schemas, changes);
      }
    } catch (SQLException e) {
      throw LiveFiles.unusable(compared.name(), e);
    }
  }

  /** Both sides of one connection, in one transaction. */
  private record Schemas(SchemaReader before, SchemaReader after) {
    static Schemas of(Connection connection, Path before) throws SQLException {
      Connections.attachStill(connection, before, OTHER);
      LargeValues.allowIn(connection);
      ReadTransaction.begin(connection);
      return new Schemas(new SchemaReader(connection, OTHER), new SchemaReader(connection, MAIN));
    }

    ChangedTables unknown() {
      return ChangedTables.unknown(before, after);
    }
  }

  private static DatabaseDiff compare(
      Compared compared, Connection connection, Schemas schemas, ChangedTables changes)
      throws SQLException, IOException {
    return new DatabaseComparison(
            compared.request(),
            compared.name(),
            connection,
            schemas.before(),
            schemas.after(),
            changes,
            compared.log(),
            compared.shown(),
            compared.warnings())
        .run();
  }

  private static void requireTables(
      Source before, DiffRequest request, List<DatabaseDiff> differences) {
    for (String table : request.tables()) {
      boolean found =
          differences.stream()
              .flatMap(database -> database.tables().stream())
              .anyMatch(diff -> Sql.isSameName(diff.table(), table));
      if (!found) {
        throw new BackupException(
            ErrorCode.TABLE_UNKNOWN,
            "there is no table '" + table + "' to compare",
            "`wb-backup show " + before.id() + "` lists the tables.");
      }
    }
  }
}
