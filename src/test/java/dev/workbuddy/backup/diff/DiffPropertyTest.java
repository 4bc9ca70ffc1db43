package dev.workbuddy.backup.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.rescue.NaiveTable;
import dev.workbuddy.backup.rescue.RandomTable;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.tables.ChangedTables;
import dev.workbuddy.backup.tables.LargeValues;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.SqlValue;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiffPropertyTest {
  @TempDir private Path root;

  static LongStream seeds() {
    return Seeds.of(120);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rows_ofRandomTables_differAsTheOracleSays(long seed) throws Exception {
    Random random = new Random(seed);
    RandomTable table = new RandomTable(random, "t");
    Path before = root.resolve("before.db");
    Databases.run(
        before,
        "PRAGMA page_size = " + (512 << random.nextInt(8)),
        "PRAGMA auto_vacuum = " + random.nextInt(3),
        "VACUUM");
    Databases.run(before, first(random, table));
    Path after = Files.copy(before, root.resolve("after.db"));
    Databases.run(after, changes(random, table));
    if (random.nextInt(4) == 0) {
      Databases.run(after, "VACUUM"); // Gives the rows of some tables other numbers.
    }

    Map<String, Long> found = new TreeMap<>();
    List<String> changedColumns = new ArrayList<>();
    DiffResult.RowsDiff rows = compare(before, after, false);
    DiffResult.RowsDiff byPages = compare(before, after, true);
    assertThat(byPages)
        .as(table.create())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(rows);
    for (RowChange change : rows.changes()) {
      switch (change.change()) {
        case ADDED ->
            found.merge(
                rows.keyed() ? "+ " + words(change.after()) : words(change.after()).toString(),
                change.copies(),
                Long::sum);
        case REMOVED ->
            found.merge(
                rows.keyed() ? "- " + words(change.before()) : words(change.before()).toString(),
                rows.keyed() ? 1 : -change.copies(),
                Long::sum);
        case CHANGED -> changedColumns.add(words(change.before()) + " -> " + words(change.after()));
      }
    }
    boolean keyed = NaiveTable.isKeyed(before, after, table);
    Map<String, Long> expected = NaiveTable.difference(before, after, table, keyed);
    List<String> expectedChanged =
        expected.keySet().stream().filter(k -> k.startsWith("~")).toList();
    expected.keySet().removeAll(expectedChanged);
    assertThat(rows.keyed()).as(table.create()).isEqualTo(keyed);
    assertThat(byPages)
        .as(table.create())
        .matches(of -> of.total() == 0 || of.keyed() == keyed, "keyed, unless no page differs");
    assertThat(found).as(table.create()).isEqualTo(expected);
    assertThat(changedColumns).as(table.create()).hasSameSizeAs(expectedChanged);
  }

  private static List<String> first(Random random, RandomTable table) {
    List<String> statements = new ArrayList<>(List.of(table.create()));
    for (int i = random.nextInt(40); i > 0; i--) {
      statements.add(table.insert());
    }
    return statements;
  }

  private static List<String> changes(Random random, RandomTable table) {
    List<String> statements = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      statements.add(table.change());
    }
    return statements;
  }

  private static DiffResult.RowsDiff compare(Path before, Path after, boolean byPages)
      throws Exception {
    DiffRequest request = new DiffRequest("a", "b", Set.of(), Set.of(), true, 10_000, null);
    List<String> warnings = new ArrayList<>();
    try (Connection connection = Connections.still(after)) {
      Connections.attachStill(connection, before, "other");
      LargeValues.allowIn(connection);
      SchemaReader was = new SchemaReader(connection, "other");
      SchemaReader is = new SchemaReader(connection, "main");
      try (ChangedTables changes =
          byPages
              ? ChangedTables.between(before, was, after, is)
              : ChangedTables.unknown(was, is)) {
        DiffResult.DatabaseDiff diff =
            new DatabaseComparison(
                    request, "db", connection, was, is, changes, _ -> {}, new ShownRows(), warnings)
                .run();
        assertThat(warnings).isEmpty();
        return Objects.requireNonNull(diff.tables().getFirst().rows());
      }
    }
  }

  private static Map<String, String> words(Map<String, SqlValue> row) {
    Map<String, String> words = new TreeMap<>();
    row.forEach((name, cell) -> words.put(name, word(cell)));
    return words;
  }

  /** As {@link NaiveTable} has SQLite write it. */
  private static String word(SqlValue cell) {
    return switch (cell) {
      case SqlValue.Null _ -> "null:";
      case SqlValue.Whole whole -> "integer:" + hex(Long.toString(whole.value()));
      case SqlValue.Real real -> "real:" + real.value();
      case SqlValue.Large large -> throw new AssertionError("no value is that large: " + large);
      case SqlValue.Text text -> "text:" + hex(text.value());
      case SqlValue.Bytes bytes ->
          (bytes.text() ? "text:" : "blob:") + bytes.hex().toUpperCase(Locale.ROOT);
    };
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
