package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Waiting;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.recovery.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.recovery.ReturnedRows.Written;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rescue of one database: first {@link #search}, which only reads, then {@link #apply}. For one
 * thread at a time.
 */
final class LiveRescue implements AutoCloseable {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final int CACHE_KIBIBYTES = 32 << 10;

  /** SQLite lets those who wait look for the lock ten times a second: this is their turn. */
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(150);

  private final Connection connection;
  private final String name;
  private final Path snapshot;
  private final RescueRequest request;
  private final List<String> warnings = new ArrayList<>();
  private final Waiting waiting;
  private final References references;
  private final TableChoice choice;
  private final List<LostRows> tables;
  private final Parents parents;
  private final RescueReport report;
  private final Map<LostRows, Written> written = new HashMap<>();
  private @Nullable ChosenRows chosen;

  private LiveRescue(
      Connection connection, String name, Path snapshot, RescueRequest request, Waiting waiting)
      throws SQLException {
    this.connection = connection;
    this.name = name;
    this.snapshot = snapshot;
    this.request = request;
    this.waiting = waiting;
    SchemaReader before = new SchemaReader(connection, "snapshot");
    Map<String, TableShape> old = before.tables();
    Map<String, TableShape> live = new SchemaReader(connection, "main").tables();
    this.choice = TableChoice.of(connection, name, request, live, old, before.virtualTables());
    this.references = References.of(connection, live.keySet());
    this.tables = lostRows();
    this.parents = new Parents(connection, references, live, old, tables);
    this.report = new RescueReport(name, request.options(), tables, choice.leftOut());
  }

  /**
   * Opens both sides, and refuses what could not be brought back.
   *
   * @param snapshot the snapshot's file
   */
  static LiveRescue open(
      String name,
      Path live,
      Path snapshot,
      RescueRequest request,
      Waiting waiting,
      Progress progress)
      throws IOException, InterruptedException {
    try {
      Connection connection = Connections.writable(live, BUSY_TIMEOUT);
      try {
        Connections.attachStill(connection, snapshot, "snapshot");
        LargeValues.allowIn(connection);
        Sql.execute(connection, "PRAGMA foreign_keys = OFF"); // References are checked at the end.
        Sql.execute(connection, "PRAGMA cache_size = -" + CACHE_KIBIBYTES);
        LiveRescue rescue = new LiveRescue(connection, name, snapshot, request, waiting);
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

  private List<LostRows> lostRows() {
    Map<String, TableMapping> mappings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    choice.mappings().forEach(mapping -> mappings.put(mapping.live().name(), mapping));
    List<LostRows> lost = new ArrayList<>();
    for (List<String> group : references.parentsFirst(mappings.keySet())) {
      for (String table : group) {
        TableMapping mapping = Objects.requireNonNull(mappings.get(table));
        lost.add(new LostRows(connection, mapping, lost.size(), request));
      }
    }
    return List.copyOf(lost);
  }

  private void chooseRows(Path live, Progress progress)
      throws IOException, InterruptedException, SQLException {
    String where = request.where();
    if (where != null && !tables.isEmpty()) {
      List<TableMapping> mappings = tables.stream().map(LostRows::mapping).toList();
      mappings.forEach(mapping -> WhereClause.require(connection, mapping, where));
      progress.step("choosing rows of " + name);
      chosen =
          ChosenRows.find(connection, live, snapshot, mappings, where, ChosenRows.TIME, progress);
    }
  }

  /** Whether the snapshot has a table of that name, though it may be left out. */
  boolean knows(String table) {
    return tables.stream().anyMatch(lost -> lost.mapping().live().name().equalsIgnoreCase(table));
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
    SchemaReader before = new SchemaReader(connection, "snapshot");
    try {
      if (copy == null) {
        find(ChangedTables.unknown(before, new SchemaReader(connection, "main")), look, dryRun);
      } else {
        try (Connection still = Connections.still(copy);
            ChangedTables changes =
                ChangedTables.between(snapshot, before, copy, new SchemaReader(still, "main"))) {
          find(changes, look, dryRun);
        }
      }
      return report.of(written, look);
    } catch (SQLException e) {
      throw new RescueErrors(name, 0).ofSearch(e, request.where());
    }
  }

  private void find(ChangedTables changes, boolean lookForChanges, boolean dryRun)
      throws SQLException, IOException {
    new RescuePlan(connection, request, tables, parents, this::warn)
        .run(changes, lookForChanges, dryRun);
  }

  private void warn(TableMapping mapping, String text) {
    warnings.add("%s: %s: %s".formatted(name, mapping.live().name(), text));
  }

  /** Brings back what {@link #search} found: in one transaction, or, if asked to, in batches. */
  DatabaseRescue apply(Progress progress) throws InterruptedException {
    RescueOptions options = request.options();
    try {
      RescueTransaction transaction =
          new RescueTransaction(connection, options, parents, references, name, progress);
      boolean first = true;
      for (List<Portion> portions : Portions.of(tables, references, options)) {
        if (!first) {
          waiting.sleep(BETWEEN_BATCHES);
        }
        first = false;
        transaction.run(portions).forEach((p, w) -> written.merge(p.lost(), w, Written::plus));
      }
      return report.of(written, options.includeChanged());
    } catch (SQLException e) {
      throw new RescueErrors(name, committed()).of(e);
    } catch (BackupException e) {
      throw new RescueErrors(name, committed()).of(e);
    }
  }

  private long committed() {
    return written.values().stream().mapToLong(w -> w.restored() + w.overwritten()).sum();
  }

  /** Whatever was not committed is undone. */
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
