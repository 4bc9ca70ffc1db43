package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.all;
import static dev.workbuddy.backup.rescue.Rescuing.table;
import static dev.workbuddy.backup.rescue.Rescuing.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.diff.DiffResult.TableDiff;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RescueResult.LeftOut;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and tables that could be taken for others. */
class MistakenTablesTest {
  private static final RescueOptions AGAIN = new RescueOptions(false, false, false, true, false, 0);
  private static final String ROWS = "INSERT INTO t VALUES ('a', 1), ('A', 2), ('b', 3), ('B', 4)";
  private static final String ALL = "SELECT k || v FROM t NOT INDEXED ORDER BY v";

  @TempDir private Path root;

  /** A table whose keys SQLite takes for different though the column takes them for equal. */
  record Keys(String declaration, List<String> loss) {
    @Override
    public String toString() {
      return declaration;
    }
  }

  static Stream<Keys> keys() {
    List<String> deleted = List.of("DELETE FROM t WHERE v IN (2, 3)");
    return Stream.of(
        new Keys("(k TEXT COLLATE NOCASE, v, PRIMARY KEY (k COLLATE BINARY))", deleted),
        new Keys(
            "(k TEXT COLLATE NOCASE, v, PRIMARY KEY (k COLLATE BINARY)) WITHOUT ROWID", deleted),
        new Keys("(k TEXT COLLATE RTRIM, v, PRIMARY KEY (v, k COLLATE BINARY))", deleted),
        new Keys(
            "(k TEXT PRIMARY KEY, v)",
            List.of(
                "DROP TABLE t",
                "CREATE TABLE t (k TEXT PRIMARY KEY COLLATE NOCASE, v)",
                "INSERT INTO t VALUES ('a', 1)")));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void rescueAndDiff_keyIsComparedInAnotherWayThanItsColumn_everyRowCounts(Keys keys)
      throws Exception {
    RecoverySite site = RecoverySite.in(root).sql("CREATE TABLE t " + keys.declaration(), ROWS);
    String snapshot = site.snapshot();
    site.sql(keys.loss().toArray(String[]::new));
    int there = site.ask(ALL).size();

    TableDiff diff = diff(site, snapshot, "t");
    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(Objects.requireNonNull(diff.rows()).removed()).isEqualTo(4 - there);
    assertThat(result.status() == Status.DONE)
        .as("done only where all are back: %s", result)
        .isEqualTo(site.ask(ALL).equals(List.of("a1", "A2", "b3", "B4")));
  }

  @Test
  void rescueAndDiff_indexLetTwoRowsHaveOneKey_theLostOneIsMissed() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (k TEXT PRIMARY KEY, v)",
                ROWS,
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY,"
                    + " v)' WHERE name = 't'");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t NOT INDEXED WHERE v = 4");

    TableDiff diff = diff(site, snapshot, "t");
    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(Objects.requireNonNull(diff.rows()).removed()).isEqualTo(1);
    assertThat(site.ask(ALL)).contains("a1", "A2", "b3");
    assertThat(result.status() == Status.DONE)
        .as("done only where it is back: %s", result)
        .isEqualTo(site.ask(ALL).contains("B4"));
  }

  static List<String> rules() {
    return List.of("e TEXT NOT NULL", "e TEXT CHECK (e IS NOT NULL)", "e INT CHECK (f > 0)");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rescue_newRuleForbidsARow_neitherAttemptBringsItAndBothEnd(String column) throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, f, e)",
                "INSERT INTO t VALUES (1, 0, NULL), (2, 1, 2), (3, 1, 3)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (id INTEGER PRIMARY KEY, f, %s)'"
                    .formatted(column));
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t");

    for (RescueOptions options : List.of(RescueOptions.careful(), Rescuing.OVERWRITE)) {
      RescueResult result = site.rescue().run(with(snapshot, options), Progress.silent());

      assertThat(site.ask("SELECT id FROM t")).containsExactly("2", "3");
      assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
      assertThat(table(result, "t").forbidden()).isEqualTo(1);
      assertThat(table(result, "t").forbidding().getFirst().rule()).contains("constraint failed");
    }
    if (column.contains("NOT NULL") && !column.contains("CHECK")) {
      RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());
      assertThat(table(plan, "t").coming()).as("foretold").isZero();
    }
  }

  @Test
  void rescue_triggerCallsAFunctionThatAColumnIsNamedAfter_rowsComeBack() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE p (id INTEGER PRIMARY KEY, url_foo)",
                "INSERT INTO p VALUES (1, 'x')",
                "PRAGMA writable_schema = ON",
                "INSERT INTO sqlite_schema VALUES ('trigger', 'g', 'p', 0, 'CREATE TRIGGER g AFTER"
                    + " INSERT ON p BEGIN UPDATE p SET url_foo = foo(new.id); END')");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM p");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(result.status()).as("%s", result).isEqualTo(Status.DONE);
    assertThat(site.ask("SELECT url_foo FROM p")).containsExactly("x");
  }

  @Test
  void rescue_tableWithAsManyColumnsAsSqliteAllows_isNamedAndStopsNoOther() throws Exception {
    String columns =
        IntStream.range(1, 2000).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE wide (c0 INTEGER PRIMARY KEY, " + columns + ")",
                "INSERT INTO wide (c0) VALUES (1)",
                "CREATE TABLE other (id INTEGER PRIMARY KEY)",
                "INSERT INTO other VALUES (1)");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM wide", "DELETE FROM other");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT id FROM other")).containsExactly("1");
    assertThat(result.databases().getFirst().leftOut())
        .singleElement()
        .satisfies(left -> assertThat(left.reason()).contains("columns"))
        .satisfies(left -> assertThat(left.missing()).isEqualTo(1));
  }

  @Test
  void rescue_columnHasAnotherTypeByNow_saysThatItsValuesMayChange() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT)",
                "INSERT INTO t VALUES (1, '001')");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, code INT)");

    RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());

    assertThat(plan.warnings()).anyMatch(warning -> warning.contains("code, which was TEXT"));
  }

  @Test
  void rescue_rowStaysAwayForTheFormItHasNow_bothRunsSayHowMany() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE co (k TEXT, v TEXT)",
                "CREATE UNIQUE INDEX coi ON co (k)",
                "INSERT INTO co VALUES ('a', '1'), ('A', '2'), ('b', '3')");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM co WHERE k = 'A'", "UPDATE co SET v = 'new' WHERE k = 'b'");
    RescueRequest overwriting = with(snapshot, Rescuing.OVERWRITE);

    RescueResult plan = site.rescue().plan(overwriting, Progress.silent());
    RescueResult result = site.rescue().run(overwriting, Progress.silent());

    assertThat(table(plan, "co").coming()).isEqualTo(table(result, "co").restored()).isEqualTo(1);
    assertThat(table(plan, "co").doubtful()).isEqualTo(1);
    assertThat(table(result, "co").doubtful()).isEqualTo(1);
  }

  static List<String> takers() {
    return List.of(
        "CREATE VIEW gone AS SELECT 1",
        "CREATE VIRTUAL TABLE gone USING fts5(id, v)",
        "CREATE INDEX gone ON other (id)");
  }

  @ParameterizedTest
  @MethodSource("takers")
  void recreate_somethingElseHasTheNameByNow_thePlanSaysSoAndOthersComeBack(String taker)
      throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE gone (id INTEGER PRIMARY KEY, v)",
                "CREATE TABLE other (id INTEGER PRIMARY KEY)",
                "INSERT INTO gone VALUES (1, 2)",
                "INSERT INTO other VALUES (1)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE gone", "DELETE FROM other", taker);

    RescueResult plan = site.rescue().plan(with(snapshot, AGAIN), Progress.silent());
    RescueResult result = site.rescue().run(with(snapshot, AGAIN), Progress.silent());

    for (RescueResult each : List.of(plan, result)) {
      assertThat(each.status()).isEqualTo(Status.INCOMPLETE);
      assertThat(each.databases().getFirst().leftOut())
          .singleElement()
          .satisfies(left -> assertThat(left.reason()).contains("has that name"))
          .satisfies(left -> assertThat(left.hint()).contains("restore " + snapshot));
    }
    assertThat(site.ask("SELECT id FROM other")).containsExactly("1");
  }

  @Test
  void rescue_ordinaryTableNamedAfterOneOfAKnownModule_comesBack() throws Exception {
    RecoverySite site = withModule("vec0").sql("CREATE TABLE v_chunks (id INTEGER PRIMARY KEY)");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM v_users");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT id FROM v_users")).containsExactly("1", "2");
    assertThat(left(result).reason()).contains("in v_chunks").doesNotContain("v_users");
  }

  @Test
  void rescueAndDiff_moduleThatNobodyKnows_nameWhatMayBeItsOwn() throws Exception {
    RecoverySite site = withModule("nobody_knows");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM v_users");

    for (boolean rows : List.of(true, false)) {
      DiffResult diff = site.diff(snapshot, "live", rows);
      assertThat(diff.status()).isEqualTo(Status.INCOMPLETE);
      assertThat(diff.warnings()).anyMatch(warning -> warning.contains("in v_users"));
    }
    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(left(result).reason()).contains("in v_users");
  }

  private RecoverySite withModule(String module) throws Exception {
    return RecoverySite.in(root)
        .sql(
            "CREATE TABLE v_users (id INTEGER PRIMARY KEY)",
            "INSERT INTO v_users VALUES (1), (2)",
            "PRAGMA writable_schema = ON",
            "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING "
                + module
                + "(e)')");
  }

  private static LeftOut left(RescueResult result) {
    return result.databases().getFirst().leftOut().stream()
        .filter(left -> left.table().equals("v"))
        .findFirst()
        .orElseThrow();
  }

  private static TableDiff diff(RecoverySite site, String snapshot, String table) throws Exception {
    return site.diff(snapshot, "live", true).databases().getFirst().tables().stream()
        .filter(each -> each.table().equals(table))
        .findFirst()
        .orElseThrow();
  }
}
