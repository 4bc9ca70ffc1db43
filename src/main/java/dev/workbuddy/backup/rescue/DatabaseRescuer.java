package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.rescue.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.rescue.RescueResult.Recreated;
import dev.workbuddy.backup.rescue.RowRestorer.Written;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.ChangedTables;
import dev.workbuddy.backup.tables.LargeValues;
import dev.workbuddy.backup.tables.LiveFiles;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.TableShape;
import dev.workbuddy.backup.tables.TempNames;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rescue of one database: first {@link #search}, which only reads, then {@link #apply}. For one
 * thread at a time.
 */
final class DatabaseRescuer implements AutoCloseable {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final int CACHE_KIBIBYTES = 32 << 10;

  private final Connection connection;
  private final String name;
  private final Path snapshot;
  private final RescueRequest request;
  private final List<String> warnings = new ArrayList<>();
  private final Sleeper sleeper;
  private final LeftTables left;
  private final TableChoice choice;
  private final Recreation recreation;
  private final References references;
  private final Map<String, TableShape> live;
  private final Map<String, TableShape> old;
  private final TempNames names;
  private final List<RowsToRestore> tables;
  private final RescueReport report;
  private List<Recreated> made = List.of();
  private Map<RowsToRestore, Written> written = Map.of();
  private @Nullable ChosenRows chosen;

  private DatabaseRescuer(
      Connection connection, String name, Path snapshot, RescueRequest request, Sleeper sleeper)
      throws SQLException {
    this.connection = connection;
    this.name = name;
    this.snapshot = snapshot;
    this.request = request;
    this.sleeper = sleeper;
    SchemaReader before = before();
    SchemaReader now = now();
    this.old = before.tables();
    this.live = now.tables();
    this.left = new LeftTables(name, request);
    this.choice = TableChoice.of(connection, request, before, now, left);
    this.recreation = Recreation.of(before, now, choice.again(), request);
    this.references = References.of(connection, choice.again());
    this.names =
        TempNames.unlike(Stream.of(old, live).flatMap(side -> side.keySet().stream()).toList());
    this.tables = lostRows();
    this.report = new RescueReport(name, request.options(), tables, left);
  }

  private SchemaReader before() {
    return new SchemaReader(connection, "snapshot");
  }

  private SchemaReader now() {
    return new SchemaReader(connection, "main");
  }

  /**
   * Opens both sides, and refuses what could not be brought back.
   *
   * @param snapshot the snapshot's file
   */
  static DatabaseRescuer open(
      String name,
      Path live,
      Path snapshot,
      RescueRequest request,
      Sleeper sleeper,
      Progress progress)
      throws IOException, InterruptedException {
    try {
      Connection connection = Connections.writable(live, BUSY_TIMEOUT);
      try {
        Connections.attachStill(connection, snapshot, "snapshot");
        LargeValues.allowIn(connection);
        Sql.execute(connection, "PRAGMA foreign_keys = OFF"); // References are checked at the end.
        Sql.execute(connection, "PRAGMA cache_size = -" + CACHE_KIBIBYTES);
        DatabaseRescuer rescue = new DatabaseRescuer(connection, name, snapshot, request, sleeper);
        rescue.chooseRows(live, progress);
        return rescue;
      } catch (IOException | InterruptedException | SQLException | RuntimeException | Error e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw LiveFiles.unusable(name, e);
    }
  }

  private List<RowsToRestore> lostRows() {
    Map<String, TableMapping> mappings = new TreeMap<>(Sql.BY_NAME);
    choice.mappings().forEach(mapping -> mappings.put(mapping.live().name(), mapping));
    List<RowsToRestore> lost = new ArrayList<>();
    for (List<String> group : references.parentsFirst(mappings.keySet())) {
      for (String table : group) {
        TableMapping mapping = Objects.requireNonNull(mappings.get(table));
        lost.add(new RowsToRestore(connection, mapping, lost.size(), names, request));
      }
    }
    return List.copyOf(lost);
  }

  private void chooseRows(Path live, Progress progress)
      throws IOException, InterruptedException, SQLException {
    String where = request.where();
    if (where != null && !tables.isEmpty()) {
      List<TableMapping> mappings = tables.stream().map(RowsToRestore::mapping).toList();
      mappings.forEach(mapping -> WhereClause.require(connection, mapping, where));
      progress.step("choosing rows of " + name);
      chosen =
          ChosenRows.find(connection, live, snapshot, mappings, where, ChosenRows.TIME, progress);
    }
  }

  /** Whether the snapshot has a table or view of that name that takes part. */
  boolean knows(String table) {
    return Stream.of(
            tables.stream().map(lost -> lost.mapping().live().name()),
            choice.again().stream(),
            recreation.told().stream().map(Recreated::name))
        .flatMap(names -> names)
        .anyMatch(known -> Sql.isSameName(known, table));
  }

  /** What the user should know. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Finds what is lost.
   *
   * @param copy of the live database, made just now, so that pages need a look rather than rows;
   *     null where there is none
   * @param dryRun whether nothing is to come back now: then rows that differ are looked for, too
   * @return what would come back
   */
  DatabaseRescue search(@Nullable Path copy, boolean dryRun) throws IOException {
    boolean look = dryRun || request.options().includeChanged();
    SchemaReader before = before();
    try {
      if (copy == null) {
        find(ChangedTables.unknown(before, now()), look, dryRun);
      } else {
        try (Connection still = Connections.still(copy);
            ChangedTables changes =
                ChangedTables.between(snapshot, before, copy, new SchemaReader(still, "main"))) {
          find(changes, look, dryRun);
        }
      }
      return report.of(Map.of(), recreation.told(), look);
    } catch (SQLException e) {
      throw errors().ofSearch(e, request.where());
    }
  }

  private void find(ChangedTables changes, boolean lookForChanges, boolean dryRun)
      throws SQLException, IOException {
    new RescuePlan(
            connection,
            request,
            choice,
            tables,
            new ParentCheck(connection, references, live, old),
            references,
            followers(),
            left,
            this::warn)
        .run(changes, lookForChanges, dryRun);
  }

  private Followers followers() throws SQLException {
    return Followers.of(connection, before(), now(), request.options());
  }

  private void warn(TableMapping mapping, String text) {
    warnings.add("%s: %s: %s".formatted(name, mapping.live().name(), text));
  }

  /**
   * Brings back what {@link #search} found, in transactions that a writer can wait for; what was
   * dropped is made again first.
   */
  DatabaseRescue apply(Progress progress) throws InterruptedException {
    try {
      made = recreate(progress);
      bringBack(progress);
      return report.of(written, made, request.options().includeChanged());
    } catch (SQLException e) {
      throw errors().of(e);
    } catch (BackupException e) {
      throw errors().of(e);
    }
  }

  private List<Recreated> recreate(Progress progress) throws SQLException {
    if (recreation.isEmpty()) {
      return List.of();
    }
    progress.step("making again what " + name + " lost");
    List<Recreated> again = recreation.make(connection, left);
    Map<String, TableShape> there = now().tables();
    for (RowsToRestore lost : tables) {
      String table = lost.mapping().live().name();
      if (lost.mapping().dropped() && again.stream().noneMatch(each -> each.isTable(table))) {
        lost.leave();
      }
    }
    live.putAll(there);
    return again;
  }

  private void bringBack(Progress progress) throws SQLException, InterruptedException {
    RescueOptions options = request.options();
    ParentCheck parentCheck = new ParentCheck(connection, references, live, old);
    Followers followers = followers();
    RescueBatches batches =
        new RescueBatches(
            connection,
            RescueTransaction.on(connection, options, parentCheck, references, names, followers),
            parentCheck,
            options,
            new Pace(options.batch(), System::nanoTime),
            sleeper,
            progress,
            name,
            left);
    List<RowBatch> all = new ArrayList<>();
    for (RowsToRestore lost : tables) {
      all.addAll(RowBatch.of(lost));
    }
    boolean undivided =
        options.batch() == 0 && !RescueTransaction.inDanger(references, options, all).isEmpty();
    try {
      batches.run(tables, references, undivided);
    } finally {
      written = batches.committed();
    }
    followers.told().forEach(text -> warnings.add(name + ": " + text));
  }

  private RescueErrors errors() {
    return new RescueErrors(
        name, written.values().stream().mapToLong(Written::rows).sum(), !made.isEmpty());
  }

  /** Undoes everything that was not committed. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException nothingLeftToSave) {
      // The transaction ended before, or SQLite undoes it.
    }
    if (chosen != null) {
      chosen.close();
    }
  }
}
