package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What SQLite cannot judge without the application: the indexes and tables that it cannot compile a
 * check of, with its words for what is lacking, by folded name.
 *
 * @param tables those whose constraints or generated columns may need it
 * @param indexes those whose order or entries need it
 * @param generated the generated columns, as {@code table.column}
 */
record Doubts(Map<String, String> tables, Map<String, String> indexes, Set<String> generated) {
  static final Doubts NONE = new Doubts(Map.of(), Map.of(), Set.of());

  /** Asks SQLite before it has any stand-in; nothing is executed. */
  static Doubts of(Connection bare, SchemaNames names) throws SQLException {
    Map<String, String> tables = new HashMap<>();
    for (var table : names.tables().entrySet()) {
      lacking(bare, "EXPLAIN PRAGMA quick_check(" + Sql.quote(table.getValue()) + ")")
          .ifPresent(words -> tables.put(table.getKey(), words));
    }
    Map<String, String> indexes = new HashMap<>();
    for (var index : names.indexes().entrySet()) {
      lacking(bare, "EXPLAIN REINDEX main." + Sql.quote(index.getValue()))
          .ifPresent(words -> indexes.put(index.getKey(), words));
    }
    return new Doubts(tables, indexes, tables.isEmpty() ? Set.of() : generatedColumns(bare));
  }

  private static Optional<String> lacking(Connection bare, String explained) throws SQLException {
    try {
      Sql.execute(bare, explained);
      return Optional.empty();
    } catch (SQLException e) {
      return StandIns.areWanted(e) ? Optional.of(SqliteMessages.of(e)) : Optional.empty();
    }
  }

  private static Set<String> generatedColumns(Connection connection) throws SQLException {
    return Set.copyOf(
        Sql.column(
                connection,
                """
                SELECT t.name || '.' || c.name
                FROM sqlite_schema t, pragma_table_xinfo(t.name) c
                WHERE t.type = 'table' AND t.rootpage > 0 AND c.hidden IN (2, 3)
                """)
            .stream()
            .map(Sql::folded)
            .toList());
  }

  /** What is lacking to judge a complaint; empty where SQLite can judge it. */
  Optional<String> about(CheckFindings findings) {
    String object = Sql.folded(findings.object());
    return Optional.ofNullable(
        switch (findings.kind()) {
          case INDEX -> indexes.get(object);
          case KEY_ORDER, CHECK -> tables.get(object);
          case VALUE -> isOfGeneratedColumn(findings) ? tables.get(object) : null;
          case VIRTUAL, STRUCTURE, UNKNOWN -> null;
        });
  }

  private boolean isOfGeneratedColumn(CheckFindings findings) {
    String words = Sql.folded(findings.words());
    return generated.stream().anyMatch(column -> words.endsWith(" " + column));
  }
}
