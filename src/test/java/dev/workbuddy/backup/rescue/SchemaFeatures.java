package dev.workbuddy.backup.rescue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The schema features that the suite knows; docs/testing.md lists them. */
final class SchemaFeatures {
  private static final String COUNT =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) ";

  private SchemaFeatures() {}

  static Stream<SchemaFeature> all() {
    return Stream.of(keys(), columns(), references(), objects(), names(), files(), virtual())
        .flatMap(kind -> kind);
  }

  private static String fill(String table, String values) {
    return "INSERT INTO %s %sSELECT %s FROM n".formatted(table, COUNT, values);
  }

  private static SchemaFeature table(String name, String columns, String values, String loss) {
    return SchemaFeature.of(name, "CREATE TABLE t (" + columns, fill("t", values))
        .losing("DELETE FROM t WHERE " + loss);
  }

  private static Stream<SchemaFeature> keys() {
    return Stream.of(
        table("an integer key", "id INTEGER PRIMARY KEY, v)", "i, i * 2", "id <= 40"),
        table("AUTOINCREMENT", "id INTEGER PRIMARY KEY AUTOINCREMENT, v)", "i, 'x'", "id > 60"),
        table(
            "an integer key DESC, which numbers nothing",
            "id INTEGER PRIMARY KEY DESC, v)",
            "iif(i % 3, i, NULL), i",
            "v % 2"),
        table("a text key", "id TEXT PRIMARY KEY, v)", "'k' || i, i", "v < 40"),
        table(
            "a key of several columns", "a, b, v, PRIMARY KEY (b, a))", "i % 10, i, 'x'", "a = 3"),
        table("a key of blobs", "id BLOB PRIMARY KEY, v)", "randomblob(9), i", "v < 40"),
        table(
            "keys of all types",
            "id PRIMARY KEY, v)",
            "CASE i % 4 WHEN 0 THEN i WHEN 1 THEN i + 0.5 WHEN 2 THEN 't' || i ELSE CAST(i AS BLOB)"
                + " END, i",
            "v < 50"),
        table("a key in NOCASE", "id TEXT PRIMARY KEY COLLATE NOCASE, v)", "'K' || i, i", "v < 9"),
        table("a key in RTRIM", "id TEXT PRIMARY KEY COLLATE RTRIM, v)", "i || '  ', i", "v < 9"),
        table(
            "NULLs in a key",
            "a, b, v, PRIMARY KEY (a, b))",
            "iif(i % 2, i, NULL), 1, i",
            "v < 60"),
        table("NULLs alone in a key", "a PRIMARY KEY, v)", "NULL, i / 10", "rowid < 60"),
        table("no key", "a, b)", "i % 3, 'x'", "rowid % 2"),
        table("no key, all rows gone", "a)", "i % 5", "1"),
        table("no key, after a VACUUM", "a)", "i", "a = 100")
            .losing("DELETE FROM t WHERE a = 50", "DELETE FROM t WHERE a = 100", "VACUUM")
            .leaving("t"),
        table("WITHOUT ROWID", "id TEXT PRIMARY KEY, v) WITHOUT ROWID", "'k' || i, i", "v < 40"),
        table(
            "WITHOUT ROWID, numbers first",
            "a INTEGER, b, v, PRIMARY KEY (a, b)) WITHOUT ROWID",
            "i / 5, i, 'x'",
            "a < 9"),
        SchemaFeature.of(
                "neither a key nor a name for the rowid",
                "CREATE TABLE t (rowid, _rowid_, oid)",
                fill("t", "i, i, i"))
            .losing("DELETE FROM t WHERE oid < 40")
            .leaving("t"),
        table(
            "columns that hide the rowid",
            "id TEXT PRIMARY KEY, rowid, _rowid_, oid)",
            "'k' || i, i, i, i",
            "oid < 40"),
        SchemaFeature.of(
                "a key in the application's collation",
                "CREATE TABLE t (id TEXT COLLATE LOCALIZED PRIMARY KEY, v)",
                fill("t", "'k' || i, i"),
                "CREATE TABLE plain (id INTEGER PRIMARY KEY)",
                fill("plain", "i"))
            .losing("DELETE FROM t WHERE v < 40", "DELETE FROM plain WHERE id < 40")
            .leaving("t"),
        SchemaFeature.of(
                "WITHOUT ROWID in the application's collation",
                "CREATE TABLE t (id TEXT COLLATE LOCALIZED PRIMARY KEY, v) WITHOUT ROWID",
                fill("t", "'k' || i, i"))
            .losing("DELETE FROM t WHERE v < 40")
            .leaving("t"),
        table(
            "a column in the application's collation",
            "id INTEGER PRIMARY KEY, v COLLATE LOCALIZED)",
            "i, 'v' || i",
            "id < 40"));
  }

  private static Stream<SchemaFeature> columns() {
    return Stream.of(
        table(
            "STRICT",
            "id INTEGER PRIMARY KEY, a TEXT, b REAL, c BLOB, d ANY) STRICT",
            "i, 'x', i, x'00', i",
            "id < 40"),
        table(
            "STRICT WITHOUT ROWID",
            "id TEXT PRIMARY KEY, a INT) STRICT, WITHOUT ROWID",
            "i, i",
            "a < 9"),
        table(
            "generated columns",
            "id INTEGER PRIMARY KEY, a, b AS (a * 2) VIRTUAL, c AS (a * 3) STORED)",
            "i, i",
            "id < 40"),
        SchemaFeature.of(
                "an index on a generated column",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b AS (a % 7))",
                "CREATE INDEX by_b ON t (b)",
                fill("t", "i, i"))
            .losing("DELETE FROM t WHERE b = 3"),
        table(
            "NOT NULL, CHECK and DEFAULT",
            "id INTEGER PRIMARY KEY, a NOT NULL DEFAULT 7 CHECK (a > 0))",
            "i, i",
            "a < 9"),
        SchemaFeature.of(
                "columns that came with ALTER TABLE",
                "CREATE TABLE t (id INTEGER PRIMARY KEY)",
                fill("t", "i"),
                "ALTER TABLE t ADD COLUMN b DEFAULT 'late'")
            .losing("DELETE FROM t WHERE id < 40"),
        SchemaFeature.of(
                "600 columns",
                "CREATE TABLE w (id INTEGER PRIMARY KEY, "
                    + IntStream.range(0, 600)
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", "))
                    + ")",
                fill("w(id, c7, c599)", "i, i, 'x'"))
            .losing("DELETE FROM w WHERE id < 40"),
        SchemaFeature.of(
                "1,500 columns and no key",
                "CREATE TABLE w ("
                    + IntStream.range(0, 1500)
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", "))
                    + ")",
                fill("w(c7, c1499)", "i % 4, 'x'"))
            .losing("DELETE FROM w WHERE rowid < 40"),
        table(
            "numbers at the edges",
            "id INTEGER PRIMARY KEY, v)",
            "i, CASE i % 6 WHEN 0 THEN 9e999 WHEN 1 THEN -9e999 WHEN 2 THEN 9223372036854775807"
                + " WHEN 3 THEN -9223372036854775808 WHEN 4 THEN 1e300 ELSE -0.0 END",
            "id < 70"),
        table(
            "text that is no text",
            "id INTEGER PRIMARY KEY, v)",
            "i, CASE i % 4 WHEN 0 THEN CAST(x'ff00fe' AS TEXT) WHEN 1 THEN '' WHEN 2 THEN x'' ELSE"
                + " 'a' || char(0) || 'b' END",
            "id < 70"),
        table(
            "1 and 1.0 and '1' without a key",
            "v)",
            "CASE i % 3 WHEN 0 THEN 1 WHEN 1 THEN 1.0 ELSE '1' END",
            "rowid > 30"),
        table(
            "values of a megabyte",
            "id INTEGER PRIMARY KEY, v)",
            "i, iif(i < 4, randomblob(1e6), i)",
            "id < 6"));
  }

  private static Stream<SchemaFeature> references() {
    return Stream.of(
        SchemaFeature.of(
                "ON DELETE CASCADE",
                "CREATE TABLE p (id INTEGER PRIMARY KEY)",
                "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE)",
                fill("p", "i"),
                fill("c", "i, 101 - i"))
            .losing("PRAGMA foreign_keys = ON", "DELETE FROM p WHERE id < 40"),
        SchemaFeature.of(
                "a tree",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, up REFERENCES t ON DELETE CASCADE)",
                fill("t", "101 - i, iif(i = 1, NULL, 102 - i)"))
            .losing("PRAGMA foreign_keys = ON", "DELETE FROM t WHERE id = 90"),
        SchemaFeature.of(
                "two tables that refer to each other",
                "CREATE TABLE a (id INTEGER PRIMARY KEY, b REFERENCES b DEFERRABLE INITIALLY"
                    + " DEFERRED)",
                "CREATE TABLE b (id INTEGER PRIMARY KEY, a REFERENCES a)",
                fill("a", "i, i"),
                fill("b", "i, i"))
            .losing("DELETE FROM a WHERE id < 40", "DELETE FROM b WHERE id < 40"),
        SchemaFeature.of(
                "a reference to unique columns",
                "CREATE TABLE p (id INTEGER PRIMARY KEY, x, y, UNIQUE (x, y))",
                "CREATE TABLE c (id, x, y, FOREIGN KEY (x, y) REFERENCES p (x, y))",
                fill("p", "i, i % 9, i"),
                fill("c", "i, i % 9, i"))
            .losing("DELETE FROM c WHERE id < 40", "DELETE FROM p WHERE id < 40"),
        SchemaFeature.of(
                "former orphans",
                "CREATE TABLE u (id INTEGER PRIMARY KEY, t REFERENCES nowhere (id), v)",
                "CREATE TABLE p (id INTEGER PRIMARY KEY)",
                "CREATE TABLE o (id INTEGER PRIMARY KEY, p REFERENCES p)",
                fill("u", "i, i, i"),
                fill("o", "i, i"))
            .losing("DELETE FROM u WHERE id < 20", "DELETE FROM o WHERE id < 20"));
  }

  private static Stream<SchemaFeature> objects() {
    String awake =
        "CREATE TRIGGER awake BEFORE INSERT ON t BEGIN SELECT raise(ABORT, 'awake'); END";
    return Stream.of(
        SchemaFeature.of(
                "unique, partial and computed indexes",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, b)",
                "CREATE UNIQUE INDEX one ON t (b) WHERE b > 50",
                "CREATE UNIQUE INDEX two ON t (abs(b))",
                fill("t", "i, 'a' || i, i"))
            .losing("DELETE FROM t WHERE id % 2"),
        SchemaFeature.of(
                "an index with the application's function",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
                "CREATE INDEX i ON t (own_lower(a))",
                "CREATE TABLE plain (id INTEGER PRIMARY KEY)",
                fill("t", "i, 'A' || i"),
                fill("plain", "i"))
            .losing("DELETE FROM t WHERE id < 40", "DELETE FROM plain WHERE id < 40")
            .leaving("t"),
        SchemaFeature.of(
                "an index in the application's collation",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
                "CREATE INDEX i ON t (a COLLATE LOCALIZED)",
                fill("t", "i, 'A' || i"))
            .losing("DELETE FROM t WHERE id < 40")
            .leaving("t"),
        SchemaFeature.of(
                "a CHECK with the application's function",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a CHECK (own_lower(a) = a))",
                fill("t", "i, 'a' || i"))
            .losing("DELETE FROM t WHERE id < 40")
            .leaving("t"),
        SchemaFeature.of(
                "a view with the application's function",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
                "CREATE VIEW v AS SELECT own_lower(a) AS a FROM t",
                "CREATE TRIGGER into_v INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES"
                    + " (new.a); END",
                fill("t", "i, 'A' || i"))
            .losing("DELETE FROM t WHERE id < 40"),
        SchemaFeature.of(
                "triggers that refuse and log",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
                "CREATE TABLE log (a)",
                fill("t", "i, i"),
                "CREATE TRIGGER tells AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END",
                awake)
            .losing("DELETE FROM t WHERE id < 40"),
        SchemaFeature.of(
                "a trigger with the application's function",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
                fill("t", "i, i"),
                "CREATE TRIGGER tells AFTER INSERT ON t BEGIN SELECT own_lower(new.a); END")
            .losing("DELETE FROM t WHERE id < 40"),
        SchemaFeature.of(
                "a dropped table with all that hung on it",
                "CREATE TABLE p (id INTEGER PRIMARY KEY)",
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, p REFERENCES p, a UNIQUE)",
                "CREATE INDEX by_p ON t (p)",
                "CREATE VIEW v AS SELECT a FROM t",
                fill("p", "i"),
                fill("t", "i, i, 'a' || i"),
                "CREATE TABLE empty (a)",
                awake)
            .losing(
                "DROP VIEW v", "DROP TABLE t", "DROP TABLE empty", "DELETE FROM p WHERE id < 40")
            .recreating(),
        SchemaFeature.of(
                "a dropped table, not made again",
                "CREATE TABLE t (a)",
                fill("t", "i"),
                "CREATE TABLE plain (id INTEGER PRIMARY KEY)",
                fill("plain", "i"))
            .losing("DROP TABLE t", "DELETE FROM plain WHERE id < 40")
            .leaving("t"),
        SchemaFeature.of(
                "statistics of ANALYZE",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
                "CREATE INDEX i ON t (a)",
                fill("t", "i, i"),
                "ANALYZE")
            .losing("DELETE FROM t WHERE id < 40"));
  }

  private static Stream<SchemaFeature> names() {
    return Stream.concat(
        Stream.of(
                "wb_live",
                "wb_missing_0",
                "wb_broken",
                "wb_changed_ranges",
                "snapshot",
                "main",
                "temp",
                "other",
                "S",
                "L",
                "M",
                "P",
                "n",
                "wb_piece",
                "x\u001b[31mred",
                "with space",
                "a\"b'c",
                "select",
                "[b]",
                "back`tick",
                "per%cent",
                "naïve Ünïcode 𝄞",
                "semi;colon",
                "a.b",
                "--",
                "new\nline")
            .map(SchemaFeatures::named),
        Stream.of(
            SchemaFeature.of(
                    "names that differ beyond ASCII only in case",
                    "CREATE TABLE \"Ä\" (id INTEGER PRIMARY KEY, v)",
                    "CREATE TABLE \"ä\" (id INTEGER PRIMARY KEY, \"É\", \"é\")",
                    fill("\"Ä\"", "i, i"),
                    fill("\"ä\"", "i, i, -i"))
                .losing("DELETE FROM \"Ä\" WHERE id < 40", "DELETE FROM \"ä\" WHERE id < 30"),
            SchemaFeature.of(
                    "a table that changed its case",
                    "CREATE TABLE note (Id INTEGER PRIMARY KEY, Text)",
                    fill("note", "i, i"))
                .losing(
                    "ALTER TABLE note RENAME TO x",
                    "ALTER TABLE x RENAME TO NOTE",
                    "DELETE FROM NOTE WHERE id < 40"),
            SchemaFeature.of(
                    "a table's name that is no text",
                    "CREATE TABLE xodd (id INTEGER PRIMARY KEY)",
                    "CREATE TABLE plain (id INTEGER PRIMARY KEY)",
                    fill("xodd", "i"),
                    fill("plain", "i"),
                    "PRAGMA writable_schema = ON",
                    "UPDATE sqlite_schema SET name = CAST(x'ff6f6464' AS TEXT), tbl_name ="
                        + " CAST(x'ff6f6464' AS TEXT), sql = CAST(CAST('CREATE TABLE \"' AS BLOB)"
                        + " || x'ff6f6464' || CAST('\"(id INTEGER PRIMARY KEY)' AS BLOB) AS TEXT)"
                        + " WHERE name = 'xodd'")
                .losing("DELETE FROM plain WHERE id < 40")
                .leaving("\ufffdodd"),
            SchemaFeature.of(
                    "columns with odd names",
                    "CREATE TABLE t (\"a b\" INTEGER PRIMARY KEY, \"\", \"h0\", \"conflict\","
                        + " \"done\", \"c0\", \"t\", \"n\", wb_at, \"M\")",
                    fill("t", "i, i, i, i, i, i, i, i, i, i"))
                .losing("DELETE FROM t WHERE \"a b\" < 40")));
  }

  private static SchemaFeature named(String name) {
    String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
    return SchemaFeature.of(
            "a table named " + name.replaceAll("\\p{Cntrl}", "?"),
            "CREATE TABLE %s (id INTEGER PRIMARY KEY, v)".formatted(quoted),
            fill(quoted, "i, i"),
            "CREATE TRIGGER tells AFTER INSERT ON %s BEGIN SELECT raise(ABORT, 'awake'); END"
                .formatted(quoted))
        .losing("DELETE FROM %s WHERE id <= 30".formatted(quoted));
  }

  private static Stream<SchemaFeature> files() {
    return Stream.of(
            "PRAGMA encoding = 'UTF-16le'",
            "PRAGMA encoding = 'UTF-16be'",
            "PRAGMA page_size = 512",
            "PRAGMA page_size = 65536",
            "PRAGMA auto_vacuum = FULL",
            "PRAGMA auto_vacuum = INCREMENTAL",
            "PRAGMA journal_mode = WAL",
            "PRAGMA application_id = 7")
        .map(
            pragma ->
                SchemaFeature.of(
                        pragma,
                        pragma,
                        "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
                        "CREATE TABLE k (id TEXT PRIMARY KEY, v)",
                        "CREATE TABLE w (a)",
                        fill("t", "i, hex(randomblob(900))"),
                        fill("k", "'ä' || i, i"),
                        fill("w", "'€' || i % 7"))
                    .losing(
                        "DELETE FROM t WHERE id < 40",
                        "DELETE FROM k WHERE v < 40",
                        "DELETE FROM w WHERE rowid < 40"));
  }

  private static Stream<SchemaFeature> virtual() {
    String doc = "CREATE TABLE doc (id INTEGER PRIMARY KEY, text)";
    return Stream.of(
        store("FTS5", "fts5(a, b UNINDEXED)", "(a, b)", "'word' || i, i"),
        store(
            "FTS5 in trigrams",
            "fts5(a, tokenize = 'trigram', columnsize = 0)",
            "(a)",
            "'word' || i"),
        store("FTS4", "fts4(a, b, notindexed=b)", "(a, b)", "'word' || i, i"),
        store(
            "FTS4 with languages", "fts4(a, languageid=\"lid\")", "(a, lid)", "'word' || i, i % 3"),
        store("FTS3", "fts3(a)", "(a)", "'word' || i"),
        store("R*Tree", "rtree(id, x0, x1, y0, y1)", "(id, x0, x1, y0, y1)", "i, i, i + 1.1, 0, 1"),
        store("R*Tree of integers", "rtree_i32(id, x0, x1)", "(id, x0, x1)", "i, i, i + 1"),
        store(
            "R*Tree with values",
            "rtree(id, x0, x1, +name)",
            "(id, x0, x1, name)",
            "i, i, i + 1, 'n' || i"),
        SchemaFeature.of(
                "a dropped FTS5 table",
                "CREATE VIRTUAL TABLE v USING fts5(a)",
                fill("v", "'w' || i"))
            .losing("DROP TABLE v")
            .recreating(),
        SchemaFeature.of(
                "FTS5 of another table's rows",
                doc,
                "CREATE VIRTUAL TABLE v USING fts5(text, content='doc', content_rowid='id')",
                "CREATE TRIGGER i AFTER INSERT ON doc BEGIN INSERT INTO v (rowid, text) VALUES"
                    + " (new.id, new.text); END",
                "CREATE TRIGGER d AFTER DELETE ON doc BEGIN INSERT INTO v (v, rowid, text) VALUES"
                    + " ('delete', old.id, old.text); END",
                fill("doc", "i, 'word' || i"))
            .losing("DELETE FROM doc WHERE id < 40")
            .deriving("v")
            .checking("INSERT INTO v (v, rank) VALUES ('integrity-check', 1)"),
        SchemaFeature.of(
                "FTS4 of another table's rows",
                doc,
                "CREATE VIRTUAL TABLE v USING fts4(text, content=\"doc\")",
                "CREATE TRIGGER d BEFORE DELETE ON doc BEGIN DELETE FROM v WHERE docid = old.id;"
                    + " END",
                "CREATE TRIGGER i AFTER INSERT ON doc BEGIN INSERT INTO v (docid, text) VALUES"
                    + " (new.id, new.text); END",
                fill("doc", "i, 'word' || i"))
            .losing("DELETE FROM doc WHERE id < 40")
            .deriving("v")
            .checking("INSERT INTO v (v) VALUES ('integrity-check')"),
        SchemaFeature.of(
                "FTS5 that triggers feed",
                doc,
                "CREATE VIRTUAL TABLE v USING fts5(text)",
                "CREATE TRIGGER i AFTER INSERT ON doc BEGIN INSERT INTO v (rowid, text) VALUES"
                    + " (new.id, new.text); END",
                "CREATE TRIGGER d AFTER DELETE ON doc BEGIN DELETE FROM v WHERE rowid = old.id;"
                    + " END",
                fill("doc", "i, 'word' || i"))
            .losing("DELETE FROM doc WHERE id < 40")
            .checking("INSERT INTO v (v, rank) VALUES ('integrity-check', 1)"),
        SchemaFeature.of(
                "a GeoPackage's spatial index",
                "CREATE TABLE f (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom BLOB)",
                "CREATE VIRTUAL TABLE rtree_f_geom USING rtree(id, minx, maxx, miny, maxy)",
                fill("f", "i, randomblob(30)"),
                fill("rtree_f_geom", "i, i, i + 1, 0, 1"),
                "CREATE TRIGGER rtree_f_geom_insert AFTER INSERT ON f WHEN (new.geom NOT NULL AND"
                    + " NOT ST_IsEmpty(new.geom)) BEGIN INSERT OR REPLACE INTO rtree_f_geom VALUES"
                    + " (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom),"
                    + " ST_MaxY(new.geom)); END",
                "CREATE TRIGGER rtree_f_geom_delete AFTER DELETE ON f BEGIN DELETE FROM"
                    + " rtree_f_geom WHERE id = old.fid; END")
            .losing("DELETE FROM f WHERE fid < 40"),
        SchemaFeature.of(
                "FTS5 without content",
                doc,
                "CREATE VIRTUAL TABLE v USING fts5(text, content='')",
                fill("doc", "i, 'word' || i"),
                "INSERT INTO v (rowid, text) SELECT id, text FROM doc")
            .losing(
                "DELETE FROM doc WHERE id < 40",
                "INSERT INTO v (v, rowid, text) SELECT 'delete', 7, 'word7'")
            .leaving("v"),
        SchemaFeature.of(
                "a vocabulary of FTS5",
                "CREATE VIRTUAL TABLE v USING fts5(a)",
                "CREATE VIRTUAL TABLE words USING fts5vocab(v, 'row')",
                fill("v", "'w' || i"))
            .losing("DELETE FROM v WHERE rowid < 40")
            .deriving("words"),
        SchemaFeature.of(
                "a module that nobody has",
                "CREATE TABLE v_rowids (rowid INTEGER PRIMARY KEY, chunk)",
                "CREATE TABLE v_vector_chunks00 (id INTEGER PRIMARY KEY, validity BLOB)",
                "CREATE TABLE plain (id INTEGER PRIMARY KEY)",
                fill("v_rowids", "i, 1"),
                fill("plain", "i"),
                "INSERT INTO v_vector_chunks00 VALUES (1, x'ff')",
                "PRAGMA writable_schema = ON",
                "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v"
                    + " USING vec0(e float[8])')")
            .losing(
                "DELETE FROM plain WHERE id < 40",
                "PRAGMA writable_schema = ON",
                "DELETE FROM v_rowids WHERE rowid < 20",
                "UPDATE v_vector_chunks00 SET validity = x'00'")
            .deriving("v", "v_rowids", "v_vector_chunks00")
            .leaving("v"),
        SchemaFeature.of(
                "an ordinary table that looks like an index's own",
                "CREATE VIRTUAL TABLE note USING fts5(a)",
                "CREATE TABLE note_tags (id INTEGER PRIMARY KEY, tag)",
                fill("note", "'w' || i"),
                fill("note_tags", "i, i"))
            .losing("DELETE FROM note_tags WHERE id < 40", "DELETE FROM note WHERE rowid < 40"));
  }

  private static SchemaFeature store(String name, String module, String columns, String values) {
    return SchemaFeature.of(
            name, "CREATE VIRTUAL TABLE v USING " + module, fill("v" + columns, values))
        .losing("DELETE FROM v WHERE rowid % 3 = 0");
  }
}
