package dev.workbuddy.backup.rescue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table of a random kind, and random statements on it: every kind of key, every type of value,
 * and the values at which comparisons go wrong.
 */
public final class RandomTable {
  private static final List<String> KINDS =
      List.of(
          "(k INTEGER PRIMARY KEY, %s)",
          "(k INTEGER PRIMARY KEY AUTOINCREMENT, %s)",
          "(k TEXT PRIMARY KEY NOT NULL, %s)",
          "(k TEXT PRIMARY KEY COLLATE NOCASE, %s) WITHOUT ROWID",
          "(%s, k INTEGER, l TEXT, PRIMARY KEY (l, k)) WITHOUT ROWID",
          "(k INTEGER, l, %s, PRIMARY KEY (k, l))",
          "(k BLOB PRIMARY KEY NOT NULL, rowid TEXT, %s)",
          "(k INTEGER, %s)");
  private static final List<String> TYPES =
      List.of(
          "INTEGER", "TEXT", "TEXT COLLATE NOCASE", "REAL", "BLOB", "NUMERIC", "", "VARCHAR(9)");
  private static final List<String> VALUES =
      List.of(
          "NULL",
          "0",
          "1",
          "1.0",
          "-9223372036854775808",
          "9223372036854775807",
          "9223372036854775807.0",
          "9007199254740993",
          "0.1",
          "-1e300",
          "9e999",
          "-9e999",
          "''",
          "'a'",
          "'A'",
          "'a '",
          "'1'",
          "'ä€𝄞'",
          "char(97, 0, 98)",
          "CAST(x'FF' AS TEXT)",
          "CAST(x'61FF' AS TEXT)",
          "CAST(x'C3' AS TEXT)",
          "x''",
          "x'61'",
          "x'00FF'",
          "zeroblob(5000)",
          "hex(zeroblob(3000))");

  private final Random random;
  private final String name;
  private final int kind;
  private final int columns;
  private final List<String> types = new ArrayList<>();

  public RandomTable(Random random, String name) {
    this.random = random;
    this.name = name;
    this.kind = random.nextInt(KINDS.size());
    this.columns = 1 + random.nextInt(4);
    for (int i = 0; i < columns; i++) {
      types.add(TYPES.get(random.nextInt(TYPES.size())));
    }
  }

  String name() {
    return name;
  }

  /** Whether it has a key; one of two columns is NULL in some rows. */
  boolean hasKey() {
    return kind != 7;
  }

  boolean hasRowid() {
    return kind != 3 && kind != 4;
  }

  List<String> key() {
    return kind == 4 || kind == 5 ? List.of("l", "k") : List.of("k");
  }

  boolean foldsKey() {
    return kind == 3;
  }

  public String create() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      parts.add("c" + i + " " + types.get(i));
    }
    return "CREATE TABLE " + name + KINDS.get(kind).formatted(String.join(", ", parts));
  }

  /** What a value of the column may be, as SQL. */
  private String value(String column) {
    if (column.equals("k") || column.equals("l")) {
      int number = random.nextInt(40);
      return switch (kind) {
        case 5 -> number < 2 ? "NULL" : "" + number;
        case 0, 1, 7 -> random.nextInt(20) == 0 ? "-9223372036854775808" : "" + number;
        case 4 -> column.equals("k") ? "" + number / 4 : "'t" + number % 7 + "'";
        case 6 -> "x'%02x%02x'".formatted(number, number * 5 % 256);
        default -> number % 2 == 0 ? "'key" + number + "'" : "'KEY" + (number - 1) + "'";
      };
    }
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(kind == 4 || kind == 5 ? List.of("k", "l") : List.of("k"));
    for (int i = 0; i < columns; i++) {
      names.add("c" + i);
    }
    return names;
  }

  public String insert() {
    List<String> values = names().stream().map(this::value).toList();
    return "INSERT OR IGNORE INTO %s (%s) VALUES (%s)"
        .formatted(name, String.join(", ", names()), String.join(", ", values));
  }

  String delete() {
    return "DELETE FROM " + name + " WHERE " + some();
  }

  String update() {
    String column = names().get(random.nextInt(names().size()));
    return "UPDATE OR IGNORE %s SET %s = %s WHERE %s"
        .formatted(name, column, value(column), some());
  }

  /** A few rows, the same ones whenever the same statement runs on the same rows. */
  private String some() {
    String id = kind == 6 ? "_rowid_" : hasRowid() ? "rowid" : String.join(", ", key());
    return "(%s) IN (SELECT %s FROM %s ORDER BY %s LIMIT %d OFFSET %d)"
        .formatted(id, id, name, id, 1 + random.nextInt(3), random.nextInt(25));
  }

  public String change() {
    return switch (random.nextInt(3)) {
      case 0 -> insert();
      case 1 -> delete();
      default -> update();
    };
  }
}
