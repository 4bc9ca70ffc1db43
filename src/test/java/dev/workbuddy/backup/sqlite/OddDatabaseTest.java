package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that SQLite allows in a database makes it unsaveable. */
@Timeout(60)
class OddDatabaseTest {
  private static final String OF_AN_APPLICATION_WITH_ITS_OWN_SQL =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.create_collation('by_length', lambda a, b: len(a) - len(b))
      db.create_function('is_nice', 1, lambda x: x != 'ugly', deterministic=True)
      for sql in sys.argv[2:]: db.execute(sql)
      print('done')
      """;

  @TempDir Path scratch;

  record Odd(String what, Map<String, Long> rows, List<String> sql) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Odd odd(String what, Map<String, Long> rows, String... sql) {
    return new Odd(what, rows, List.of(sql));
  }

  /** Gives a table a name in Latin-1, as programs of old did. */
  private static String latin(String table, String name, String columns) {
    return "UPDATE sqlite_schema SET name = %s, tbl_name = %s, sql = %s WHERE name = '%s'"
        .formatted(text(name), text(name), text("CREATE TABLE \"" + name + "\" " + columns), table);
  }

  private static String text(String latin) {
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    return "CAST(x'%s' AS TEXT)".formatted(HexFormat.of().formatHex(bytes));
  }

  static Stream<Odd> oddSchemas() {
    return Stream.of(
        odd(
            "WITHOUT ROWID",
            Map.of("t", 2L),
            "CREATE TABLE t (k TEXT PRIMARY KEY, v) WITHOUT ROWID",
            "INSERT INTO t VALUES ('a', 1), ('b', 2)"),
        odd(
            "FTS5",
            Map.of(
                "docs_data",
                3L,
                "docs_idx",
                1L,
                "docs_content",
                1L,
                "docs_docsize",
                1L,
                "docs_config",
                1L),
            "CREATE VIRTUAL TABLE docs USING fts5(body)",
            "INSERT INTO docs VALUES ('hello world')"),
        odd(
            "names that are not UTF-8",
            Map.of("b\\xE4d", 1_000L, "b\\xF6d", 1_000L, "plain", 1L),
            "CREATE TABLE plain (a)",
            "INSERT INTO plain VALUES (1)",
            "CREATE TABLE one (id INTEGER PRIMARY KEY, v)",
            "CREATE TABLE two (k TEXT PRIMARY KEY, v) WITHOUT ROWID",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)"
                + " INSERT INTO one SELECT i, hex(randomblob(20)) FROM n",
            "INSERT INTO two SELECT hex(randomblob(20)), v FROM one",
            "PRAGMA writable_schema = 1",
            latin("one", "b\u00e4d", "(id INTEGER PRIMARY KEY, v)"),
            latin("two", "b\u00f6d", "(k TEXT PRIMARY KEY, v) WITHOUT ROWID")),
        odd(
            "generated columns",
            Map.of("t", 1L),
            "CREATE TABLE t (a, b AS (a * 2), c AS (a * 3) STORED)",
            "INSERT INTO t (a) VALUES (7)"),
        odd(
            "views, also broken ones",
            Map.of("t", 1L),
            "CREATE TABLE t (a)",
            "INSERT INTO t VALUES (1)",
            "CREATE VIEW v AS SELECT * FROM t",
            "CREATE VIEW broken AS SELECT * FROM not_there"),
        odd(
            "triggers, also broken ones",
            Map.of("t", 1L, "log", 1L),
            "CREATE TABLE t (a)",
            "CREATE TABLE log (a)",
            "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END",
            "CREATE TRIGGER s AFTER DELETE ON t BEGIN INSERT INTO not_there VALUES (1); END",
            "INSERT INTO t VALUES (1)"),
        odd(
            "odd names",
            Map.of("a\"b", 1L, "select", 2L, "größe 🗂", 3L, "it's", 0L, "", 1L),
            "CREATE TABLE \"a\"\"b\" (\"select\")",
            "INSERT INTO \"a\"\"b\" VALUES (1)",
            "CREATE TABLE \"select\" (\"from\")",
            "INSERT INTO \"select\" VALUES (1), (2)",
            "CREATE TABLE \"größe 🗂\" (a)",
            "INSERT INTO \"größe 🗂\" VALUES (1), (2), (3)",
            "CREATE TABLE \"it's\" (a)",
            "CREATE TABLE \"\" (a)",
            "INSERT INTO \"\" VALUES (1)"),
        odd(
            "a name that only resembles SQLite's own",
            Map.of("sqlitefish", 1L, "SQLite", 1L),
            "CREATE TABLE sqlitefish (a)",
            "INSERT INTO sqlitefish VALUES (1)",
            "CREATE TABLE SQLite (a)",
            "INSERT INTO SQLite VALUES (1)"),
        odd(
            "AUTOINCREMENT",
            Map.of("t", 1L),
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
            "INSERT INTO t VALUES (41)"),
        odd(
            "statistics",
            Map.of("t", 1L),
            "CREATE TABLE t (a UNIQUE)",
            "INSERT INTO t VALUES (1)",
            "ANALYZE"),
        odd("no tables at all", Map.of(), "CREATE TABLE t (a)", "DROP TABLE t"),
        odd(
            "a virtual table whose module is not there",
            Map.of("t", 1L),
            "CREATE TABLE t (a)",
            "INSERT INTO t VALUES (1)",
            "PRAGMA writable_schema = ON",
            "INSERT INTO sqlite_schema VALUES ('table', 'ghost', 'ghost', 0,"
                + " 'CREATE VIRTUAL TABLE ghost USING no_such_module(a)')"),
        odd(
            "a full-text index whose tokenizer is not there",
            Map.of(
                "docs_data",
                3L,
                "docs_idx",
                1L,
                "docs_content",
                1L,
                "docs_docsize",
                1L,
                "docs_config",
                1L),
            "CREATE VIRTUAL TABLE docs USING fts5(body, tokenize = 'porter')",
            "INSERT INTO docs VALUES ('hello world')",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(sql, 'porter', 'notthere') WHERE name ="
                + " 'docs'"),
        odd(
            "a foreign key to a column that is not unique",
            Map.of("parent", 1L, "child", 1L),
            "CREATE TABLE parent (a)",
            "CREATE TABLE child (a REFERENCES parent(a))",
            "INSERT INTO parent VALUES (1)",
            "INSERT INTO child VALUES (1)"),
        odd(
            "a foreign key to a table that is not there",
            Map.of("child", 1L),
            "CREATE TABLE child (a REFERENCES not_there(a))",
            "INSERT INTO child VALUES (1)"));
  }

  @ParameterizedTest
  @MethodSource("oddSchemas")
  void copyAndInspect_oddSchema_isSavedWithItsRows(Odd odd) throws Exception {
    Path file = Databases.run(scratch.resolve("live.db"), odd.sql());
    assertSavedWith(odd.rows(), file);
  }

  static Stream<Odd> applicationsOwnSql() {
    return Stream.of(
        odd(
            "an index by the application's own collation",
            Map.of("t", 2L),
            "CREATE TABLE t (a TEXT COLLATE by_length)",
            "CREATE INDEX i ON t (a)",
            "INSERT INTO t VALUES ('aaa'), ('b')"),
        odd(
            "a primary key by the application's own collation",
            Map.of("t", 2L),
            "CREATE TABLE t (a TEXT COLLATE by_length PRIMARY KEY) WITHOUT ROWID",
            "INSERT INTO t VALUES ('aaa'), ('b')"),
        odd(
            "a CHECK by the application's own function",
            Map.of("t", 1L),
            "CREATE TABLE t (a TEXT CHECK (is_nice(a)))",
            "INSERT INTO t VALUES ('pretty')"),
        odd(
            "an index on the application's own function",
            Map.of("t", 1L),
            "CREATE TABLE t (a TEXT)",
            "CREATE INDEX i ON t (is_nice(a))",
            "INSERT INTO t VALUES ('pretty')"),
        odd(
            "a partial index by the application's own function",
            Map.of("t", 1L),
            "CREATE TABLE t (a TEXT)",
            "CREATE INDEX i ON t (a) WHERE is_nice(a)",
            "INSERT INTO t VALUES ('pretty')"),
        odd(
            "a column generated by the application's own function",
            Map.of("t", 1L),
            "CREATE TABLE t (a TEXT, b AS (is_nice(a)))",
            "INSERT INTO t VALUES ('pretty')"));
  }

  /** What could not be checked must not pass for checked. */
  @Test
  void inspect_tableWithTheApplicationsCollation_saysThatItIsUnchecked() throws Exception {
    Path file = scratch.resolve("live.db");
    try (Companion application =
        Companion.python(
            OF_AN_APPLICATION_WITH_ITS_OWN_SQL,
            file,
            "CREATE TABLE odd (a TEXT COLLATE by_length)",
            "CREATE INDEX i ON odd (a)",
            "CREATE TABLE plain (a TEXT)")) {
      application.await("done");
      assertThat(application.hearAll()).isEqualTo("exit 0");
    }
    Inspection found = new Inspector().inspect(file, Inspector.Depth.FULL);
    assertThat(found.unchecked())
        .containsExactly(new Unchecked("index i", "no such collation sequence: by_length"));
    assertThat(found.damage()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("applicationsOwnSql")
  void copyAndInspect_applicationsOwnSql_isSavedWithItsRows(Odd odd) throws Exception {
    Path file = scratch.resolve("live.db");
    List<Object> arguments = new ArrayList<>(List.of(file));
    arguments.addAll(odd.sql());
    try (Companion application =
        Companion.python(OF_AN_APPLICATION_WITH_ITS_OWN_SQL, arguments.toArray())) {
      application.await("done");
      assertThat(application.hearAll()).isEqualTo("exit 0");
    }
    assertSavedWith(odd.rows(), file);
  }

  @ParameterizedTest
  @EnumSource
  void inspect_damageBesideTheApplicationsOwnSql_isStillFound(Inspector.Depth depth)
      throws Exception {
    Path file = scratch.resolve("live.db");
    try (Companion application =
        Companion.python(
            OF_AN_APPLICATION_WITH_ITS_OWN_SQL,
            file,
            "CREATE TABLE own (a TEXT COLLATE by_length PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE plain (a TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                + " INSERT INTO plain SELECT 'row number ' || i FROM n")) {
      application.await("done");
      assertThat(application.hearAll()).isEqualTo("exit 0");
    }
    int cellPointersOfALeaf = 4 * 4096 + 8;
    Databases.scribble(file, cellPointersOfALeaf, 4);
    Inspection inspection = new Inspector().inspect(file, depth);
    assertThat(inspection.damage()).anyMatch(complaint -> complaint.contains("page 5"));
  }

  private void assertSavedWith(Map<String, Long> rows, Path file) throws Exception {
    Path copy = scratch.resolve("copy.db");
    Copies.copy(file, copy);
    for (Inspector.Depth depth : Inspector.Depth.values()) {
      Inspection inspection = new Inspector().inspect(copy, depth);
      assertThat(inspection.damage()).as("%s", depth).isEmpty();
      assertThat(inspection.rowCounts()).as("%s", depth).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space.db",
        "what?.db",
        "a#b.db",
        "100%.db",
        "%41.db",
        "größe 🗂.db",
        "it's \"it\".db",
        "a&b=c;d.db",
        "a+b.db",
        "[1].db",
        "file:x.db",
        ":memory:",
        "-dash.db"
      })
  void copyTo_oddFileName_copiesThatFileAndMakesNoOther(String name) throws Exception {
    Path made =
        Databases.run(
            scratch.resolve("made.db"), "CREATE TABLE t (a)", "INSERT INTO t VALUES ('mine')");
    Path live = Files.createDirectory(scratch.resolve("live"));
    Path file = Files.move(made, live.resolve(name));
    Path copies = Files.createDirectory(scratch.resolve("copies"));

    Copies.copy(file, copies.resolve(name));
    Inspection inspection = new Inspector().inspect(copies.resolve(name), Inspector.Depth.FULL);

    assertThat(inspection.rowCounts()).isEqualTo(Map.of("t", 1L));
    assertThat(Listing.of(live)).containsExactly(name);
    assertThat(Listing.of(copies)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 8192, 65536})
  void copyTo_pageSize_isKept(int pageSize) throws Exception {
    Path file =
        Databases.run(
            scratch.resolve("live.db"),
            "PRAGMA page_size = " + pageSize,
            "CREATE TABLE t (a)",
            "INSERT INTO t VALUES (zeroblob(200000))");
    Path copy = scratch.resolve("copy.db");
    Copies.copy(file, copy);
    Inspection inspection = new Inspector().inspect(copy, Inspector.Depth.FULL);
    assertThat(inspection.pageSize()).isEqualTo(pageSize);
    assertThat(inspection.pageCount() * pageSize).isEqualTo(Files.size(copy));
    assertThat(Databases.askOne(copy, "SELECT length(a) FROM t")).isEqualTo("200000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void copyTo_journalModeOfTheFile_isKeptAndNothingAppearsBesideIt(String mode) throws Exception {
    Path live = Files.createDirectory(scratch.resolve("live"));
    Path file =
        Databases.run(live.resolve("a.db"), "PRAGMA journal_mode = " + mode, "CREATE TABLE t (a)");
    List<String> before = Listing.of(live);
    byte[] content = Files.readAllBytes(file);
    Path copies = Files.createDirectory(scratch.resolve("copies"));
    Path copy = copies.resolve("a.db");

    Copies.copy(file, copy);
    new Inspector().inspect(copy, Inspector.Depth.FULL);

    assertThat(Listing.of(live)).isEqualTo(before);
    assertThat(file).hasBinaryContent(content);
    assertThat(Listing.of(copies)).containsExactly("a.db");
    assertThat(Databases.askOne(copy, "PRAGMA journal_mode"))
        .isEqualTo(mode.equals("wal") ? "wal" : "delete");
  }

  @Test
  void inspect_numbersInTheHeader_areRead() throws Exception {
    Path file =
        Databases.run(
            scratch.resolve("live.db"),
            "PRAGMA user_version = -7",
            "PRAGMA application_id = 252006673",
            "CREATE TABLE t (a)");
    Path copy = scratch.resolve("copy.db");
    Copies.copy(file, copy);
    Inspection inspection = new Inspector().inspect(copy, Inspector.Depth.QUICK);
    assertThat(inspection.userVersion()).isEqualTo(-7);
    assertThat(inspection.applicationId()).isEqualTo(252006673);
  }

  @Test
  void copyTo_autoincrement_goesOnCountingWhereItWas() throws Exception {
    Path file =
        Databases.run(
            scratch.resolve("live.db"),
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
            "INSERT INTO t VALUES (41)",
            "DELETE FROM t");
    Path copy = scratch.resolve("copy.db");
    Copies.copy(file, copy);
    Databases.run(copy, "INSERT INTO t DEFAULT VALUES");
    assertThat(Databases.ask(copy, "SELECT id FROM t")).containsExactly("42");
  }

  @Test
  void inspect_brokenForeignKeys_areCountedAndAreNoDamage() throws Exception {
    Path file =
        Databases.run(
            scratch.resolve("live.db"),
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (p REFERENCES parent(id))",
            "INSERT INTO child VALUES (1), (2), (NULL)",
            "CREATE TABLE plain (a)",
            "CREATE TABLE mismatched (a REFERENCES plain(a))");
    Inspection inspection = new Inspector().inspect(file, Inspector.Depth.FULL);
    assertThat(inspection.soundness()).isEqualTo(Soundness.SOUND);
    assertThat(inspection.foreignKeyViolations()).hasValue(3);
  }
}
