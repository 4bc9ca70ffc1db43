package dev.workbuddy.backup.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.sqlite.Collation;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;

/**
 * Databases of which every row can be read, and of which SQLite says something all the same.
 *
 * @param quick what it says at the quick check, or a part of it; empty where it says nothing
 * @param full what it says at the full one
 * @param sql how to make it, on a connection that has what an application brings
 */
@NullMarked
public record Flagged(String what, Says quick, Says full, List<String> sql) {

  /** What is said. */
  public sealed interface Says {
    /** Nothing at all. */
    record Nothing() implements Says {}

    /** SQLite objects to an object, in words that contain these. */
    record Objects(String object, String words) implements Says {}

    /** Only the application can check an object, for a reason whose words contain these. */
    record CannotCheck(String object, String words) implements Says {}
  }

  private static final Says NOTHING = new Says.Nothing();

  /** The table that each of them has beside what is odd, with its rows. */
  public static final List<String> PLAIN =
      List.of(
          "CREATE TABLE plain (id INTEGER PRIMARY KEY, v)",
          "INSERT INTO plain (v) VALUES ('one'), ('two'), ('three')");

  public Flagged {
    sql = List.copyOf(sql);
  }

  @Override
  public String toString() {
    return what;
  }

  /** All of them. */
  public static Stream<Flagged> all() {
    return Stream.of(virtualTables(), constraints(), indexes(), applicationsOwn())
        .flatMap(kind -> kind);
  }

  private static Flagged always(String what, Says says, String... sql) {
    return new Flagged(what, says, says, List.of(sql));
  }

  private static Flagged inFull(String what, Says full, String... sql) {
    return new Flagged(what, NOTHING, full, List.of(sql));
  }

  private static Says objects(String object, String words) {
    return new Says.Objects(object, words);
  }

  private static Says cannotCheck(String object, String words) {
    return new Says.CannotCheck(object, words);
  }

  /** The schema says something else from now on, as if an older version had written the rows. */
  private static String[] andThen(String[] made, String name, String sql) {
    List<String> all = new ArrayList<>(List.of(made));
    all.add("PRAGMA writable_schema = ON");
    all.add(
        "UPDATE sqlite_schema SET sql = '%s' WHERE name = '%s'"
            .formatted(sql.replace("'", "''"), name));
    return all.toArray(String[]::new);
  }

  private static String[] sql(String... sql) {
    return sql;
  }

  private static Stream<Flagged> virtualTables() {
    String[] note = sql("CREATE TABLE note (id INTEGER PRIMARY KEY, body)");
    return Stream.of(
        always(
            "an FTS4 index behind its content",
            objects("virtual table nf", "malformed inverted index for FTS4 table main.nf"),
            note[0],
            "CREATE VIRTUAL TABLE nf USING fts4(content=\"note\", body)",
            "INSERT INTO note VALUES (1, 'a')",
            "INSERT INTO nf(nf) VALUES ('rebuild')",
            "UPDATE note SET body = 'b'"),
        always(
            "an FTS5 table whose content was edited",
            objects("virtual table f", "malformed inverted index for FTS5 table main.f"),
            "CREATE VIRTUAL TABLE f USING fts5(body)",
            "INSERT INTO f VALUES ('one'), ('two'), ('three')",
            "DELETE FROM f_content WHERE id = 2"),
        always(
            "an FTS4 index after a trigger that only names its rows",
            objects("virtual table nf", "malformed inverted index for FTS4 table main.nf"),
            note[0],
            "CREATE VIRTUAL TABLE nf USING fts4(content=\"note\", body)",
            "CREATE TRIGGER gone AFTER DELETE ON note BEGIN DELETE FROM nf WHERE docid = old.id;"
                + " END",
            "INSERT INTO note VALUES (1, 'a'), (2, 'b')",
            "INSERT INTO nf(nf) VALUES ('rebuild')",
            "DELETE FROM note WHERE id = 1"),
        always(
            "an FTS4 index whose content table was dropped",
            objects("virtual table nf", "unable to validate the inverted index"),
            note[0],
            "CREATE VIRTUAL TABLE nf USING fts4(content=\"note\", body)",
            "INSERT INTO note VALUES (1, 'a')",
            "INSERT INTO nf(nf) VALUES ('rebuild')",
            "DROP TABLE note"),
        always(
            "an FTS4 table with the application's compression",
            objects("virtual table nf", "unable to validate the inverted index"),
            andThen(
                sql("CREATE VIRTUAL TABLE nf USING fts4(body)", "INSERT INTO nf VALUES ('a')"),
                "nf",
                "CREATE VIRTUAL TABLE nf USING fts4(body, compress=zip, uncompress=unzip)")),
        always(
            "an FTS4 table with the application's tokenizer",
            cannotCheck("virtual table nf", "unknown tokenizer: mozporter"),
            andThen(
                sql("CREATE VIRTUAL TABLE nf USING fts4(body)", "INSERT INTO nf VALUES ('a')"),
                "nf",
                "CREATE VIRTUAL TABLE nf USING fts4(body, tokenize=mozporter)")),
        always(
            "an FTS5 table with the application's tokenizer",
            cannotCheck("virtual table nf", "no such tokenizer: trigrams"),
            andThen(
                sql("CREATE VIRTUAL TABLE nf USING fts5(body)", "INSERT INTO nf VALUES ('a')"),
                "nf",
                "CREATE VIRTUAL TABLE nf USING fts5(body, tokenize = 'trigrams')")),
        always(
            "an FTS5 table that lacks one of its own",
            objects("virtual table nf", "vtable constructor failed"),
            "CREATE VIRTUAL TABLE nf USING fts5(body)",
            "INSERT INTO nf VALUES ('a')",
            "PRAGMA writable_schema = ON",
            "DELETE FROM sqlite_schema WHERE name = 'nf_config'"),
        always(
            "an R*Tree that misses an entry",
            objects("virtual table r", "Mapping (1 -> 1) missing from %_rowid table"),
            "CREATE VIRTUAL TABLE r USING rtree(id, a, b)",
            "INSERT INTO r VALUES (1, 1, 2), (2, 3, 4)",
            "DELETE FROM r_rowid WHERE rowid = 1"),
        always(
            "an R*Tree without nodes",
            objects("virtual table r", "SQLITE_CORRUPT_VTAB"),
            "CREATE VIRTUAL TABLE r USING rtree(id, a, b)",
            "INSERT INTO r VALUES (1, 1, 2), (2, 3, 4)",
            "DELETE FROM r_node"),
        always(
            "an R*Tree whose table of nodes was dropped",
            objects("virtual table r", "no such table: main.r_node"),
            "CREATE VIRTUAL TABLE r USING rtree(id, a, b)",
            "INSERT INTO r VALUES (1, 1, 2)",
            "PRAGMA writable_schema = ON",
            "DELETE FROM sqlite_schema WHERE name = 'r_node'",
            "PRAGMA writable_schema = RESET",
            "VACUUM"),
        always(
            "a virtual table whose module is not here",
            cannotCheck("virtual table v", "no such module: vec0"),
            "PRAGMA writable_schema = ON",
            "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0,"
                + " 'CREATE VIRTUAL TABLE v USING vec0(e float[8])')"));
  }

  private static Stream<Flagged> constraints() {
    String[] made = sql("CREATE TABLE t (a, s)", "INSERT INTO t VALUES ('12', NULL), (NULL, 7)");
    return Stream.of(
        always(
            "NOT NULL that older rows break",
            objects("table t", "NULL value in t.s"),
            andThen(made, "t", "CREATE TABLE t (a, s NOT NULL)")),
        always(
            "CHECK that older rows break",
            objects("table t", "CHECK constraint failed in t"),
            andThen(made, "t", "CREATE TABLE t (a, s CHECK (s > 9))")),
        always(
            "STRICT types that older rows break",
            objects("table t", "non-INT value in t.a"),
            andThen(made, "t", "CREATE TABLE t (a INT, s TEXT) STRICT")),
        always(
            "text that would be a number",
            objects("table t", "TEXT value in t.a"),
            andThen(made, "t", "CREATE TABLE t (a INT, s)")),
        always(
            "a number in a column of text",
            objects("table t", "NUMERIC value in t.s"),
            andThen(made, "t", "CREATE TABLE t (a, s TEXT)")),
        always(
            "names that look like SQLite's own words",
            objects(
                "table row 1 missing from index x.y",
                "NULL value in row 1 missing from index x.y.s"),
            andThen(
                sql(
                    "CREATE TABLE \"row 1 missing from index x.y\" (s)",
                    "INSERT INTO \"row 1 missing from index x.y\" VALUES (NULL)"),
                "row 1 missing from index x.y",
                "CREATE TABLE \"row 1 missing from index x.y\" (s NOT NULL)")),
        always(
            "more of one kind than SQLite tells at first",
            objects("table t", "NULL value in t.s"),
            andThen(
                sql(
                    "CREATE TABLE t (s)",
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)"
                        + " INSERT INTO t SELECT NULL FROM n"),
                "t",
                "CREATE TABLE t (s NOT NULL)")),
        inFull(
            "UNIQUE that older rows break",
            objects("index i", "non-unique entry in index i"),
            andThen(
                sql(
                    "CREATE TABLE t (a)",
                    "CREATE INDEX i ON t (a)",
                    "INSERT INTO t VALUES ('x'), ('x')"),
                "i",
                "CREATE UNIQUE INDEX i ON t (a)")));
  }

  private static Stream<Flagged> indexes() {
    return Stream.of(
        inFull(
            "an index on the application's own lower()",
            objects("index i", "missing from index i"),
            "CREATE TABLE p (id INTEGER PRIMARY KEY, n)",
            "CREATE INDEX i ON p (lower(n))",
            "INSERT INTO p (n) VALUES ('Ärger'), ('Öl'), ('Über'), ('abc'), ('ABC')"),
        inFull(
            "an index in the application's own NOCASE",
            objects("index i", "missing from index i"),
            andThen(
                sql(
                    "CREATE TABLE t (a)",
                    "CREATE INDEX i ON t (a)",
                    "INSERT INTO t VALUES ('a'), ('B'), ('b'), ('C')"),
                "t",
                "CREATE TABLE t (a COLLATE nocase)")),
        inFull(
            "a key in the application's own NOCASE",
            objects("table t", "row not in PRIMARY KEY order for t"),
            andThen(
                sql(
                    "CREATE TABLE t (a PRIMARY KEY, b) WITHOUT ROWID",
                    "INSERT INTO t VALUES ('a', 1), ('B', 2), ('c', 3)"),
                "t",
                "CREATE TABLE t (a COLLATE nocase PRIMARY KEY, b) WITHOUT ROWID")),
        always(
            "an index that lacks rows",
            objects("index i", "wrong # of entries in index i"),
            andThen(
                sql(
                    "CREATE TABLE t (a)",
                    "INSERT INTO t VALUES (1), (2), (3)",
                    "CREATE INDEX i ON t (a) WHERE a > 1"),
                "i",
                "CREATE INDEX i ON t (a)")),
        inFull(
            "indexes with each other's entries",
            objects("index j", "missing from index j"),
            "CREATE TABLE t (a)",
            "CREATE TABLE u (a)",
            "CREATE INDEX i ON t (a)",
            "CREATE INDEX j ON u (a)",
            "INSERT INTO t VALUES (1), (2), (3)",
            "INSERT INTO u VALUES (7), (8), (9)",
            "PRAGMA writable_schema = ON",
            """
            UPDATE sqlite_schema SET rootpage =
              (SELECT sum(rootpage) FROM sqlite_schema WHERE type = 'index') - rootpage
            WHERE type = 'index'
            """));
  }

  private static Stream<Flagged> applicationsOwn() {
    String collation = "no such collation sequence: BY_LENGTH";
    String function = "unknown function: nice()";
    String[] pretty = sql("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('pretty'), ('ugly')");
    return Stream.of(
        inFull(
            "an index in the application's collation",
            cannotCheck("index i", collation),
            "CREATE TABLE t (a TEXT COLLATE BY_LENGTH)",
            "CREATE INDEX i ON t (a)",
            "INSERT INTO t VALUES ('aaa'), ('b')"),
        inFull(
            "a key in the application's collation, without rowid",
            cannotCheck("table t", collation),
            "CREATE TABLE t (a TEXT COLLATE BY_LENGTH PRIMARY KEY) WITHOUT ROWID",
            "INSERT INTO t VALUES ('aaa'), ('b')"),
        inFull(
            "a unique column in the application's collation",
            cannotCheck("index sqlite_autoindex_t_1", collation),
            "CREATE TABLE t (a TEXT COLLATE BY_LENGTH UNIQUE)",
            "INSERT INTO t VALUES ('aaa'), ('b')"),
        inFull(
            "an index on the application's function",
            cannotCheck("index i", function),
            pretty[0],
            pretty[1],
            "CREATE INDEX i ON t (nice(a))"),
        inFull(
            "a partial index by the application's function",
            cannotCheck("index i", function),
            pretty[0],
            pretty[1],
            "CREATE INDEX i ON t (a) WHERE nice(a)"),
        always(
            "a CHECK by the application's function",
            cannotCheck("table t", function),
            "CREATE TABLE t (a TEXT CHECK (nice(a)))",
            "INSERT INTO t VALUES ('pretty')"),
        always(
            "a column generated by the application's function",
            cannotCheck("table t", function),
            "CREATE TABLE t (a TEXT, b NOT NULL AS (nice(a)))",
            "CREATE INDEX i ON t (b)",
            "INSERT INTO t (a) VALUES ('pretty')"),
        always(
            "a view of the application's functions",
            NOTHING,
            pretty[0],
            pretty[1],
            "CREATE VIEW v AS SELECT nice(a) FROM t"));
  }

  /** Makes the database as its application would. */
  public Path make(Path file) throws Exception {
    Files.createDirectories(file.toAbsolutePath().getParent());
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = connection.createStatement()) {
      likeAnApplication(connection);
      for (String one : Stream.concat(PLAIN.stream(), sql.stream()).toList()) {
        statement.execute(one);
      }
    }
    return file;
  }

  /** Gives a connection what an application may bring, and what it may judge otherwise. */
  private static void likeAnApplication(Connection connection) throws SQLException {
    int deterministic = Function.FLAG_DETERMINISTIC;
    Function.create(connection, "nice", new Nice(), 1, deterministic);
    Function.create(connection, "lower", new Lower(), 1, deterministic);
    Collation.create(connection, "BY_LENGTH", new ByLength());
  }

  private static final class Nice extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(value_text(0).equals("ugly") ? 0 : 1);
    }
  }

  private static final class Lower extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result(value_text(0).toLowerCase(Locale.ROOT));
    }
  }

  private static final class ByLength extends Collation {
    @Override
    protected int xCompare(String one, String other) {
      return one.length() - other.length();
    }
  }
}
