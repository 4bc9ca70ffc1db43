package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.sqlite.VirtualTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a virtual table keeps, and how its rows can be read and written through it. */
public final class VirtualRows {
  private static final Set<String> FULL_TEXT = Set.of("fts3", "fts4", "fts5");
  private static final Set<String> TREES = Set.of("rtree", "rtree_i32", "geopoly");

  private VirtualRows() {}

  /** What it keeps. */
  public enum Keeps {
    /** Rows of its own, which can be read and written. */
    ROWS,
    /** An index of rows that another table or view has. */
    INDEX,
    /** What cannot be read back, or only its module could tell. */
    UNREADABLE,
    /** Nothing in this database. */
    NOTHING
  }

  /**
   * Tells what a table keeps.
   *
   * @param hasShadows whether it has tables of its own
   */
  public static Keeps of(VirtualTable table, boolean hasShadows) {
    if (TREES.contains(table.module())) {
      return Keeps.ROWS;
    }
    if (FULL_TEXT.contains(table.module())) {
      Optional<String> content =
          table.module().equals("fts3") ? Optional.empty() : table.option("content");
      return content
          .map(other -> other.isEmpty() ? Keeps.UNREADABLE : Keeps.INDEX)
          .orElse(Keeps.ROWS);
    }
    return hasShadows ? Keeps.UNREADABLE : Keeps.NOTHING;
  }

  /**
   * The table's rows, told apart by their number.
   *
   * @throws SQLException where its module is not there, or cannot be used without the application
   */
  public static TableShape shape(SchemaReader reader, VirtualTable table) throws SQLException {
    List<Column> columns = new ArrayList<>(reader.columnsOf(table));
    if (TREES.contains(table.module()) && !columns.isEmpty() && !isShapes(table)) {
      columns.set(0, number(columns.getFirst().name()));
    } else {
      columns.addFirst(number("rowid"));
    }
    return TableShape.of(reader.schema(), table.name(), columns, TableShape.Kind.VIRTUAL);
  }

  /** Like {@link #shape}, but empty where only the application could read the rows. */
  public static Optional<TableShape> readable(SchemaReader reader, VirtualTable table)
      throws SQLException {
    try {
      return Optional.of(shape(reader, table));
    } catch (SQLException e) {
      if (TableErrors.isOfOneTable(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isShapes(VirtualTable table) {
    return table.module().equals("geopoly");
  }

  private static Column number(String name) {
    return new Column(name, "INTEGER", true, null, 1, null, false);
  }
}
