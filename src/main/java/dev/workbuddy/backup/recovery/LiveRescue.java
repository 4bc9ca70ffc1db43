package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Waiting;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.recovery.RescueResult.Conflict;
import dev.workbuddy.backup.recovery.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.recovery.RescueResult.Orphan;
import dev.workbuddy.backup.recovery.RescueResult.TableRescue;
import dev.workbuddy.backup.recovery.ReturnedRows.Written;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rescue of one database: first {@link #plan}, which only reads, then {@link #apply}. Confined
 * to one thread.
 */
final class LiveRescue implements AutoCloseable {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final int CACHE_KIBIBYTES = 32 << 10;

  /** SQLite lets those who wait look for the lock ten times a second: this is their turn. */
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(150);

  private final Connection connection;
  private final String name;
  private final RescueRequest request;
  private final List<String> warnings;
  private final Waiting waiting;
  private final Map<String, TableShape> live;
  private final References references;
  private final TableChoice choice;
  private final Map<String, LostRows> tables;
  private final Parents parents;
  private final Map<LostRows, Written> written = new HashMap<>();

  private LiveRescue(
      Connection connection,
      String name,
      RescueRequest request,
      List<String> warnings,
      Waiting waiting)
      throws SQLException {
    this.connection = connection;
    this.name = name;
    this.request = request;
    this.warnings = warnings;
    this.waiting = waiting;
    SchemaReader snapshot = new SchemaReader(connection, "snapshot");
    Map<String, TableShape> old = snapshot.tables();
    this.live = new SchemaReader(connection, "main").tables();
    this.choice = TableChoice.of(name, request, live, old, snapshot.virtualTables());
    this.references = References.of(connection, live.keySet());
    this.tables = lostRows();
    this.parents = new Parents(connection, references, live, old, List.copyOf(tables.values()));
  }

  /**
   * Opens both sides.
   *
   * @param snapshot the snapshot's file
   * @param warnings takes what the user should know
   */
  static LiveRescue open(
      String name,
      Path live,
      Path snapshot,
      RescueRequest request,
      List<String> warnings,
      Waiting waiting) {
    try {
      Connection connection = Connections.writable(live, BUSY_TIMEOUT);
      try {
        Connections.attachStill(connection, snapshot, "snapshot");
        Sql.execute(connection, "PRAGMA foreign_keys = OFF"); // References are checked at the end.
        Sql.execute(connection, "PRAGMA cache_size = -" + CACHE_KIBIBYTES);
        return new LiveRescue(connection, name, request, warnings, waiting);
      } catch (SQLException | BackupException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw LiveFiles.unusable(name, e);
    }
  }

  private Map<String, LostRows> lostRows() {
    Map<String, TableMapping> mappings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    choice.mappings().forEach(mapping -> mappings.put(mapping.live().name(), mapping));
    List<LostRows> lost = new ArrayList<>();
    for (List<String> group : references.parentsFirst(mappings.keySet())) {
      for (String table : group) {
        TableMapping mapping = Objects.requireNonNull(mappings.get(table));
        lost.add(new LostRows(connection, mapping, lost.size(), request));
      }
    }
    return lost.stream()
        .collect(
            Collectors.toMap(
                rows -> rows.mapping().live().name(),
                Function.identity(),
                (one, _) -> one,
                LinkedHashMap::new));
  }

  /**
   * Finds what is lost.
   *
   * @param lookForChanges whether to look for rows that differ although they stay
   */
  DatabaseRescue plan(boolean lookForChanges) {
    boolean look = lookForChanges || request.options().includeChanged();
    try {
      new RescuePlan(connection, request, List.copyOf(tables.values()), parents, this::warn)
          .run(look);
      return describe(look);
    } catch (SQLException e) {
      throw new RescueErrors(name, 0).of(e);
    }
  }

  private void warn(TableMapping mapping, String text) {
    warnings.add("%s: %s: %s".formatted(name, mapping.live().name(), text));
  }

  /** Brings back what {@link #plan} found: in one transaction, or, if asked to, in batches. */
  DatabaseRescue apply(Progress progress) throws InterruptedException {
    try {
      RescueTransaction transaction =
          new RescueTransaction(connection, request.options(), parents, references, name, progress);
      boolean first = true;
      for (List<Portion> portions : transactions()) {
        if (!first) {
          waiting.sleep(BETWEEN_BATCHES);
        }
        first = false;
        transaction.run(portions).forEach((p, w) -> written.merge(p.lost(), w, Written::plus));
      }
      return describe(request.options().includeChanged());
    } catch (SQLException e) {
      throw new RescueErrors(name, committed()).of(e);
    } catch (BackupException e) {
      throw new RescueErrors(name, committed()).of(e);
    }
  }

  private long committed() {
    return written.values().stream().mapToLong(w -> w.restored() + w.overwritten()).sum();
  }

  /** All at once; or parents first in batches, but tables that refer in a circle undivided. */
  private List<List<Portion>> transactions() throws SQLException {
    List<List<Portion>> transactions = new ArrayList<>();
    List<Portion> all = new ArrayList<>();
    for (List<String> group : references.parentsFirst(tables.keySet())) {
      List<Portion> undivided = new ArrayList<>();
      for (String table : group) {
        undivided.addAll(portions(table, Long.MAX_VALUE));
      }
      all.addAll(undivided);
      if (references.circular(group.getFirst())) {
        transactions.add(undivided);
      } else {
        portions(group.getFirst(), Math.max(1, request.options().batch()))
            .forEach(portion -> transactions.add(List.of(portion)));
      }
    }
    transactions.removeIf(List::isEmpty);
    return request.options().batch() == 0 ? List.of(all) : transactions;
  }

  private List<Portion> portions(String table, long size) throws SQLException {
    return Portion.of(Objects.requireNonNull(tables.get(table)), size).stream()
        .filter(portion -> portion.missing() || request.options().includeChanged())
        .toList();
  }

  private DatabaseRescue describe(boolean changes) throws SQLException {
    List<TableRescue> described = new ArrayList<>();
    for (LostRows lost : tables.values()) {
      described.add(describe(lost, changes));
    }
    return new DatabaseRescue(name, described, choice.leftOut());
  }

  private TableRescue describe(LostRows lost, boolean changes) throws SQLException {
    TableMapping mapping = lost.mapping();
    NotedRows missing = lost.missing();
    long changed = lost.changed().count();
    Written done = written.getOrDefault(lost, Written.NOTHING);
    return new TableRescue(
        mapping.live().name(),
        missing.count(),
        changes ? (Long) changed : null,
        request.options().includeChanged() && changed > 0,
        done.restored(),
        done.overwritten(),
        done.replaced(),
        missing.conflicts(),
        request.options().overwrite(),
        missing.lacking(),
        mapping.onlyOld(),
        mapping.onlyLive(),
        missing.samples(),
        missing.conflicting().stream().map(l -> new Conflict(l.why(), l.row())).toList(),
        missing.orphaned().stream().map(l -> new Orphan(l.why(), l.row())).toList());
  }

  /** Whatever was not committed is undone. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException nothingLeftToSave) {
      // The transaction ended before, or SQLite undoes it.
    }
  }
}
