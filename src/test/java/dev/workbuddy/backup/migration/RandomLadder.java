package dev.workbuddy.backup.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A ladder that a seed decides: tables, columns, indexes, triggers and data come, change and go.
 */
final class RandomLadder {
  private final Random random;
  private final List<String> tables = new ArrayList<>();
  private int names;

  private RandomLadder(long seed) {
    this.random = new Random(seed);
  }

  /** The statements of each step, in order. */
  static List<List<String>> of(long seed) {
    RandomLadder ladder = new RandomLadder(seed);
    int steps = 3 + ladder.random.nextInt(4);
    return Stream.generate(ladder::step).limit(steps).toList();
  }

  private List<String> step() {
    List<String> statements = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      statements.add(statement());
    }
    return List.copyOf(statements);
  }

  private String statement() {
    if (tables.isEmpty()) {
      return create();
    }
    String table = tables.get(random.nextInt(tables.size()));
    return switch (random.nextInt(9)) {
      case 0 -> create();
      case 1 -> "ALTER TABLE %s ADD COLUMN %s DEFAULT 'x;y'".formatted(table, name("c"));
      case 2 -> "CREATE INDEX %s ON %s (value)".formatted(name("i"), table);
      case 3 -> "UPDATE %s SET value = value || ';' WHERE id %% 2 = 0".formatted(table);
      case 4 -> "DELETE FROM %s WHERE id %% 7 = 3".formatted(table);
      case 5 -> trigger(table);
      case 6 -> rename(table);
      default -> insert(table);
    };
  }

  private String create() {
    String table = name("t");
    tables.add(table);
    return "CREATE TABLE %s (id INTEGER PRIMARY KEY, value TEXT)".formatted(table);
  }

  private String insert(String table) {
    return "INSERT INTO %s (value) WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
            .formatted(table, 1 + random.nextInt(60))
        + " SELECT 'value ' || i FROM n";
  }

  private String trigger(String table) {
    return "CREATE TRIGGER %s AFTER DELETE ON %s BEGIN UPDATE %s SET value = CASE id WHEN 1 THEN 'a'"
            .formatted(name("g"), table, table)
        + " ELSE value END; END";
  }

  private String rename(String table) {
    String renamed = name("t");
    tables.set(tables.indexOf(table), renamed);
    return "ALTER TABLE %s RENAME TO %s".formatted(table, renamed);
  }

  private String name(String prefix) {
    return prefix + ++names;
  }
}
