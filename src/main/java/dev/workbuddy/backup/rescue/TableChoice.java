package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.migration.History;
import dev.workbuddy.backup.rescue.LeftTables.Obstacle;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.sqlite.Tables;
import dev.workbuddy.backup.sqlite.VirtualTable;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.TableErrors;
import dev.workbuddy.backup.tables.TableShape;
import dev.workbuddy.backup.tables.VirtualRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which tables of a database take part in a rescue, and why the others do not. */
final class TableChoice {
  /** As many as SQLite returns in one row: none is left for what a row is found again by. */
  private static final int MOST_COLUMNS = 2000;

  private final Connection connection;
  private final RescueRequest request;
  private final SchemaReader before;
  private final SchemaReader now;
  private final LeftTables left;
  private final List<TableMapping> mappings = new ArrayList<>();
  private final List<Incomparable> incomparable = new ArrayList<>();
  private final List<VirtualTable> unreadable = new ArrayList<>();
  private final List<String> stores = new ArrayList<>();
  private final List<String> again = new ArrayList<>();

  private TableChoice(
      Connection connection,
      RescueRequest request,
      SchemaReader before,
      SchemaReader now,
      LeftTables left) {
    this.connection = connection;
    this.request = request;
    this.before = before;
    this.now = now;
    this.left = left;
  }

  /**
   * Chooses.
   *
   * @param connection to both sides
   * @param left takes those that cannot take part
   */
  static TableChoice of(
      Connection connection,
      RescueRequest request,
      SchemaReader before,
      SchemaReader now,
      LeftTables left)
      throws SQLException {
    TableChoice choice = new TableChoice(connection, request, before, now, left);
    Map<String, TableShape> live = now.tables();
    Map<String, String> foreign = now.unknownCollations();
    for (TableShape table : before.tables().values()) {
      if (!request.wants(table.name())) {
        continue;
      }
      String collation = foreign.get(table.name());
      if (collation == null) {
        choice.consider(table, live.get(table.name()));
      } else {
        TableShape there = Objects.requireNonNull(live.get(table.name()));
        choice.incomparable.add(new Incomparable(TableMapping.of(table, there), collation));
      }
    }
    for (String table : before.unspeakable()) {
      if (request.wants(table)) {
        left.leave(table, Obstacle.ODD_NAME, null);
      }
    }
    choice.considerVirtual();
    return choice;
  }

  List<TableMapping> mappings() {
    return List.copyOf(mappings);
  }

  /** Virtual tables of which only the tables that they keep can be compared. */
  List<VirtualTable> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Why one of those comes back only as a whole, with the tables that are part of it. */
  String reasonFor(VirtualTable table) throws SQLException {
    Set<String> kept = before.shadows(table.name()).keySet();
    return "it is a virtual table, and what it keeps%s comes back only as a whole"
        .formatted(kept.isEmpty() ? "" : " in " + String.join(", ", kept));
  }

  /** Names of live virtual tables with rows of their own. */
  List<String> stores() {
    return List.copyOf(stores);
  }

  /** Names of tables, virtual ones among them, that are to be made again. */
  List<String> again() {
    return List.copyOf(again);
  }

  /** A table whose key only the application can compare, and the collation that it does it by. */
  record Incomparable(TableMapping mapping, String collation) {
    String reason() {
      return "its key is in the collation %s, which only the application has".formatted(collation);
    }
  }

  List<Incomparable> incomparable() {
    return List.copyOf(incomparable);
  }

  private void consider(TableShape old, @Nullable TableShape live) throws SQLException {
    if (Sql.isSameName(old.name(), History.TABLE)) {
      left.leave(old.name(), Obstacle.HISTORY, 0L);
    } else if (live == null) {
      gone(old);
    } else {
      map(TableMapping.of(old, live));
    }
  }

  private void gone(TableShape old) throws SQLException {
    Optional<String> taken = now.kindOf(old.name());
    if (taken.isPresent()) {
      left.leave(old.name(), Obstacle.TAKEN, takenBy(taken.get()), rows(old));
    } else if (request.options().recreate()) {
      again(old);
    } else {
      left.leave(old.name(), Obstacle.GONE, rows(old));
    }
  }

  private static String takenBy(String kind) {
    return "in the live database %s %s has that name"
        .formatted(kind.equals("index") ? "an" : "a", kind);
  }

  private void again(TableShape old) {
    again.add(old.name());
    mappings.add(TableMapping.again(old));
  }

  private void map(TableMapping mapping) throws SQLException {
    String name = mapping.old().name();
    if (mapping.otherKey().isPresent()) {
      left.leave(name, Obstacle.OTHER_KEY, mapping.otherKey().get(), fewer(mapping));
    } else if (!mapping.keyed() && mapping.old().rowid().isEmpty()) {
      left.leave(name, Obstacle.HIDDEN, fewer(mapping));
    } else if (mapping.common().size() >= MOST_COLUMNS) {
      left.leave(name, Obstacle.WIDE, fewer(mapping));
    } else {
      mappings.add(mapping);
    }
  }

  /** How many rows fewer the live table has; null where that tells nothing. */
  @Nullable Long fewer(TableMapping mapping) throws SQLException {
    Long old = rows(mapping.old());
    Long live = rows(mapping.live());
    if (old == null || live == null) {
      return null;
    }
    return old == 0 ? (Long) 0L : old > live ? (Long) (old - live) : null;
  }

  private @Nullable Long rows(TableShape table) throws SQLException {
    try {
      return Tables.rows(connection, table.schema(), table.name());
    } catch (SQLException e) {
      if (TableErrors.isOfOneTable(e)) {
        return null;
      }
      throw e;
    }
  }

  private void considerVirtual() throws SQLException {
    Map<String, VirtualTable> live = new TreeMap<>(Sql.BY_NAME);
    now.virtualTables().forEach(table -> live.put(table.name(), table));
    for (VirtualTable table : before.virtualTables()) {
      if (request.wants(table.name())) {
        consider(table, live.get(table.name()));
      }
    }
    for (VirtualTable table : live.values()) {
      if (keeps(table, now) == VirtualRows.Keeps.ROWS) {
        stores.add(table.name());
      }
    }
  }

  private VirtualRows.Keeps keeps(VirtualTable table, SchemaReader reader) {
    try {
      return VirtualRows.of(table, !reader.shadows(table.name()).isEmpty());
    } catch (SQLException e) {
      return VirtualRows.Keeps.UNREADABLE;
    }
  }

  private void consider(VirtualTable old, @Nullable VirtualTable live) throws SQLException {
    switch (keeps(old, before)) {
      case NOTHING -> derived(old, live);
      case UNREADABLE -> {
        if (request.names(old.name())) {
          left.leave(old.name(), Obstacle.VIRTUAL, reasonFor(old), null);
        }
        unreadable.add(old);
      }
      case INDEX -> {
        if (request.names(old.name())) {
          String reason = "it keeps no rows, but an index of another table's";
          left.leave(old.name(), Obstacle.MODULE, reason, null);
        }
        derived(old, live);
      }
      case ROWS -> considerRows(old, live);
    }
  }

  /** One without rows of its own. */
  private void derived(VirtualTable old, @Nullable VirtualTable live) throws SQLException {
    Optional<String> taken = live == null ? now.kindOf(old.name()) : Optional.empty();
    if (taken.isPresent()) {
      left.leave(old.name(), Obstacle.TAKEN, takenBy(taken.get()), 0L);
    } else if (live == null && request.options().recreate()) {
      again.add(old.name());
    } else if (live == null) {
      left.leave(old.name(), Obstacle.GONE, 0L);
    }
  }

  private void considerRows(VirtualTable old, @Nullable VirtualTable live) throws SQLException {
    try {
      TableShape shape = VirtualRows.shape(before, old);
      if (live != null) {
        map(TableMapping.of(shape, VirtualRows.shape(now, live)));
      } else {
        gone(shape);
      }
    } catch (SQLException e) {
      if (!TableErrors.isOfOneTable(e)) {
        throw e;
      }
      left.leave(
          old.name(),
          Obstacle.MODULE,
          "its rows cannot be read without the application: " + SqliteMessages.of(e),
          null);
    }
  }
}
