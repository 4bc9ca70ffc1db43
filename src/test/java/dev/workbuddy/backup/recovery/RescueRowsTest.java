package dev.workbuddy.backup.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.recovery.RescueResult.TableRescue;
import dev.workbuddy.backup.testing.Companion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RescueRowsTest {
  private static final String[] FAMILY = {
    "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER REFERENCES zparent"
        + " (id) ON DELETE CASCADE, text TEXT, twice TEXT AS (text || text) STORED)",
    "CREATE TABLE zparent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
    "INSERT INTO zparent VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    "INSERT INTO child (parent, text) VALUES (1, 'x'), (1, 'y'), (2, 'z'), (3, NULL)"
  };

  private static final RescueOptions OVERWRITE = new RescueOptions(false, true, false, false, 0);
  private static final RescueOptions CHANGED = new RescueOptions(true, false, false, false, 0);

  @TempDir private Path root;

  private static RescueRequest all(String snapshot) {
    return new RescueRequest(snapshot, Set.of("tasks"), Set.of(), null, RescueOptions.careful());
  }

  private static RescueRequest with(String snapshot, RescueOptions options) {
    return new RescueRequest(snapshot, Set.of("tasks"), Set.of(), null, options);
  }

  private static RescueRequest table(String snapshot, String table, @Nullable String where) {
    return new RescueRequest(
        snapshot, Set.of("tasks"), Set.of(table), where, RescueOptions.careful());
  }

  private static TableRescue table(RescueResult result, String name) {
    return result.databases().getFirst().tables().stream()
        .filter(table -> table.table().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void refused(
      RecoverySite site, RescueRequest request, ErrorCode code, String... words) throws Exception {
    List<String> before = site.ask("SELECT sql FROM sqlite_schema");
    byte[] content = Files.readAllBytes(site.tasks());
    assertThatThrownBy(() -> site.rescue().run(request, Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.text()).contains(words);
            });
    assertThat(site.ask("SELECT sql FROM sqlite_schema")).isEqualTo(before);
    assertThat(Files.readAllBytes(site.tasks())).isEqualTo(content);
  }

  @Test
  void run_parentsAndChildrenDeleted_bringsBothBackAndKeepsWhatCameSince() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql(
        "PRAGMA foreign_keys = ON",
        "DELETE FROM zparent WHERE id < 3",
        "INSERT INTO zparent (name) VALUES ('new')",
        "UPDATE child SET text = 'mine'");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT id || name FROM zparent ORDER BY id"))
        .containsExactly("1a", "2b", "3c", "4new");
    assertThat(site.ask("SELECT id || ':' || parent || twice FROM child ORDER BY id"))
        .containsExactly("1:1xx", "2:1yy", "3:2zz", "4:3minemine");
    assertThat(result.databases().getFirst().tables())
        .extracting(TableRescue::table)
        .containsExactly("zparent", "child");
    assertThat(table(result, "child").restored()).isEqualTo(3);
    assertThat(result.snapshotBefore()).endsWith("-manual");
    assertThat(site.ask("PRAGMA foreign_key_check")).isEmpty();
  }

  @Test
  void plan_deletedRows_showsThemAndChangesNothing() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child WHERE id = 2", "UPDATE child SET text = 'mine' WHERE id = 1");
    byte[] content = Files.readAllBytes(site.tasks());

    RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());

    assertThat(table(plan, "child").missing()).isEqualTo(1);
    assertThat(table(plan, "child").changed()).isEqualTo(1);
    assertThat(table(plan, "child").samples().getFirst()).containsEntry("text", new Cell.Text("y"));
    assertThat(plan.snapshotBefore()).isNull();
    assertThat(Files.readAllBytes(site.tasks())).isEqualTo(content);
  }

  @Test
  void run_nothingLost_changesNothing() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    byte[] content = Files.readAllBytes(site.tasks());

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(table(result, "child").restored()).isZero();
    assertThat(Files.readAllBytes(site.tasks())).isEqualTo(content);
  }

  @Test
  void run_includeChanged_bringsOldValuesBack() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("UPDATE child SET text = 'mine'", "DELETE FROM child WHERE id = 1");
    RescueRequest request =
        new RescueRequest(
            snapshot,
            Set.of("tasks"),
            Set.of(),
            null,
            new RescueOptions(true, false, false, false, 0));

    RescueResult result = site.rescue().run(request, Progress.silent());

    assertThat(site.ask("SELECT coalesce(text, 'none') FROM child ORDER BY id"))
        .containsExactly("x", "y", "z", "none");
    assertThat(table(result, "child").overwritten()).isEqualTo(3);
    assertThat(table(result, "child").restored()).isEqualTo(1);
  }

  @Test
  void run_uniqueValueTakenByNewerRow_reportsAndKeepsTheNewer() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT, n)",
                "CREATE UNIQUE INDEX by_mail ON t (mail COLLATE NOCASE)",
                "CREATE UNIQUE INDEX by_n ON t (abs(n)) WHERE n IS NOT NULL",
                "INSERT INTO t VALUES (1, 'a@x', 1), (2, 'b@x', 2), (3, 'c@x', 3)");
    String snapshot = site.snapshot();
    site.sql(
        "DELETE FROM t", "INSERT INTO t (mail) VALUES ('A@X')", "INSERT INTO t (n) VALUES (-2)");

    RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());
    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(table(plan, "t").conflicting())
        .extracting(RescueResult.Conflict::index)
        .containsExactly("by_mail");
    assertThat(plan.warnings()).singleElement().asString().contains("by_n", "--apply");
    assertThat(table(result, "t").restored()).isEqualTo(1);
    assertThat(table(result, "t").conflicting())
        .extracting(RescueResult.Conflict::index)
        .containsExactly("by_mail", "primary key or computed index");
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(site.ask("SELECT coalesce(mail, n) FROM t ORDER BY id"))
        .containsExactly("c@x", "A@X", "-2");
  }

  @Test
  void run_columnsCameAndWent_mapsWhatBothHave() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id TEXT PRIMARY KEY, kept, dropped)",
                "INSERT INTO t VALUES ('a', 1, 2)");
    String snapshot = site.snapshot();
    site.sql(
        "DELETE FROM t",
        "ALTER TABLE t DROP COLUMN dropped",
        "ALTER TABLE t ADD COLUMN fresh TEXT NOT NULL DEFAULT 'd'");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT id || kept || fresh FROM t")).containsExactly("a1d");
    assertThat(table(result, "t").onlyInSnapshot()).containsExactly("dropped");
    assertThat(table(result, "t").onlyLive()).containsExactly("fresh");
  }

  @Test
  void run_newColumnWithoutDefault_refusesAndNamesIt() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, must TEXT NOT NULL)");

    refused(site, all(snapshot), ErrorCode.SCHEMAS_DIFFER, "must");
  }

  @Test
  void run_otherPrimaryKey_refusesAndNamesBoth() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (id INTEGER PRIMARY KEY, uid)", "INSERT INTO t VALUES (1, 2)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER, uid PRIMARY KEY)");

    refused(site, all(snapshot), ErrorCode.SCHEMAS_DIFFER, "(uid)", "(id)");
  }

  @Test
  void run_tableWithoutKey_isOfferedByContent() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, NULL), (1, NULL), (2, 'x')");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t WHERE rowid <> 2", "INSERT INTO t VALUES (3, 'new')");

    refused(site, table(snapshot, "t", null), ErrorCode.NO_USABLE_KEY, "--keyless");
    RescueResult without = site.rescue().run(all(snapshot), Progress.silent());
    assertThat(without.databases().getFirst().leftOut()).hasSize(1);
    RescueRequest keyless =
        new RescueRequest(
            snapshot,
            Set.of("tasks"),
            Set.of("t"),
            null,
            new RescueOptions(false, false, true, false, 0));
    site.rescue().run(keyless, Progress.silent());

    assertThat(site.ask("SELECT a || coalesce(b, '') FROM t ORDER BY 1"))
        .containsExactly("1", "1", "2x", "3new");
  }

  @Test
  void run_where_bringsBackOnlyThose() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child");

    site.rescue().run(table(snapshot, "child", "text IN ('x', 'z') -- these"), Progress.silent());

    assertThat(site.ask("SELECT text FROM child ORDER BY id")).containsExactly("x", "z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no_such_column = 1",
        "id = ",
        "1); DELETE FROM child; --",
        "1) OR (1",
        "id = 'never closed",
        "",
      })
  void run_whereThatDoesNotParse_isRefused(String where) throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child");

    refused(site, table(snapshot, "child", where), ErrorCode.SQL_INVALID, "--where");
  }

  @Test
  void run_childrenWithoutTheirParents_areLeftOutAndToldOf() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("PRAGMA foreign_keys = ON", "DELETE FROM zparent WHERE id = 1", "DELETE FROM child");

    RescueResult result = site.rescue().run(table(snapshot, "child", null), Progress.silent());

    assertThat(site.ask("SELECT id FROM child ORDER BY id")).containsExactly("3", "4");
    assertThat(table(result, "child").orphans()).isEqualTo(2);
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void run_triggers_areAsleepUnlessAskedFor() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql(
        "CREATE TABLE doc (id INTEGER PRIMARY KEY, text TEXT)",
        "CREATE VIRTUAL TABLE found USING fts5 (text, content = 'doc', content_rowid = 'id')",
        "CREATE TRIGGER doc_in AFTER INSERT ON doc BEGIN INSERT INTO found (rowid, text) VALUES"
            + " (new.id, new.text); END",
        "CREATE TRIGGER doc_out AFTER DELETE ON doc BEGIN INSERT INTO found (found, rowid, text)"
            + " VALUES ('delete', old.id, old.text); END",
        "INSERT INTO doc VALUES (1, 'apple'), (2, 'pear')");
    List<String> triggers = site.ask("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM doc WHERE id = 1");
    RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());
    assertThat(plan.warnings()).singleElement().asString().contains("found", "--triggers on");
    assertThat(plan.databases().getFirst().leftOut()).singleElement().asString().contains("found");

    site.rescue().run(all(snapshot), Progress.silent());
    assertThat(site.ask("SELECT count(*) FROM found WHERE found MATCH 'apple'"))
        .containsExactly("0");
    assertThat(site.ask("SELECT sql FROM sqlite_schema WHERE type = 'trigger'"))
        .isEqualTo(triggers);

    site.sql("INSERT INTO found (found) VALUES ('rebuild')", "DELETE FROM doc WHERE id = 1");
    site.rescue()
        .run(
            new RescueRequest(
                snapshot,
                Set.of("tasks"),
                Set.of(),
                null,
                new RescueOptions(false, false, false, true, 0)),
            Progress.silent());
    assertThat(site.ask("SELECT count(*) FROM found WHERE found MATCH 'apple'"))
        .containsExactly("1");
  }

  @Test
  void run_autoincrement_neverGivesANumberOfTheSnapshotAway() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    site.sql("DELETE FROM child WHERE id = 4");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child", "DELETE FROM sqlite_sequence WHERE name = 'child'");

    site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT seq FROM sqlite_sequence WHERE name = 'child'"))
        .containsExactly("4");
  }

  @Test
  void run_ruleOfTheLiveSchema_refusesAll() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (id INTEGER PRIMARY KEY, n)", "INSERT INTO t VALUES (1, 5), (2, -5)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, n CHECK (n > 0))");

    refused(site, all(snapshot), ErrorCode.ROWS_REFUSED, "CHECK");
  }

  @Test
  void run_parentWithConflict_leavesOutItsDescendantsAndBringsTheOthers() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    site.sql(
        "CREATE TABLE toy (id INTEGER PRIMARY KEY, child INTEGER REFERENCES child (id), boss"
            + " INTEGER REFERENCES toy)",
        "INSERT INTO toy VALUES (1, 1, NULL), (2, NULL, 1), (3, 3, NULL), (4, NULL, 3)");
    String snapshot = site.snapshot();
    site.sql(
        "DELETE FROM toy",
        "DELETE FROM child",
        "DELETE FROM zparent",
        "INSERT INTO zparent (name) VALUES ('a')");

    RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());
    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT id || name FROM zparent ORDER BY id"))
        .containsExactly("2b", "3c", "4a");
    assertThat(site.ask("SELECT text FROM child WHERE text IS NOT NULL")).containsExactly("z");
    assertThat(site.ask("SELECT id FROM toy ORDER BY id")).containsExactly("3", "4");
    assertThat(List.of(table(plan, "child").orphans(), table(plan, "toy").orphans()))
        .containsExactly(2L, 2L);
    assertThat(table(result, "child").orphaned())
        .extracting(RescueResult.Orphan::parent)
        .containsExactly("zparent", "zparent");
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(site.ask("PRAGMA foreign_key_check")).isEmpty();
  }

  @Test
  void run_conflictThatOnlyAnAttemptShows_leavesOutTheChildrenToo() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, n)",
                "CREATE UNIQUE INDEX by_n ON p (abs(n))",
                "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p)",
                "INSERT INTO p VALUES (1, 1), (2, 2)",
                "INSERT INTO c VALUES (1, 1), (2, 2)");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM c", "DELETE FROM p", "INSERT INTO p (n) VALUES (-1)");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT n FROM p ORDER BY n")).containsExactly("-1", "2");
    assertThat(site.ask("SELECT p FROM c")).containsExactly("2");
    assertThat(table(result, "c").orphans()).isEqualTo(1);
  }

  @Test
  void run_overwrite_newerRowsGiveWay() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, mail UNIQUE)",
                "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t", "INSERT INTO t (mail) VALUES ('a'), ('new')");

    RescueResult plan = site.rescue().plan(with(snapshot, OVERWRITE), Progress.silent());
    RescueResult result = site.rescue().run(with(snapshot, OVERWRITE), Progress.silent());

    assertThat(table(plan, "t").conflicts()).isEqualTo(1);
    assertThat(table(plan, "t").coming()).isEqualTo(2);
    assertThat(site.ask("SELECT id || mail FROM t ORDER BY id"))
        .containsExactly("1a", "2b", "4new");
    assertThat(table(result, "t").replaced()).isEqualTo(1);
    assertThat(result.status()).isEqualTo(Status.DONE);
  }

  @Test
  void run_overwriteOfRowThatOthersReferTo_isUndone() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql(
        "PRAGMA foreign_keys = ON",
        "DELETE FROM zparent",
        "INSERT INTO zparent (name) VALUES ('a')",
        "INSERT INTO child (parent, text) VALUES (4, 'newer')");

    refused(site, with(snapshot, OVERWRITE), ErrorCode.FOREIGN_KEYS_BROKEN, "nothing");
  }

  @Test
  void run_includeChangedOfAReferredValue_isUndoneWhereItBreaksAReference() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE)",
                "CREATE TABLE c (id INTEGER PRIMARY KEY, code REFERENCES p (code))",
                "INSERT INTO p VALUES (1, 'old')");
    String snapshot = site.snapshot();
    site.sql("UPDATE p SET code = 'new'", "INSERT INTO c VALUES (1, 'new')");

    refused(site, with(snapshot, CHANGED), ErrorCode.FOREIGN_KEYS_BROKEN, "nothing");
  }

  @Test
  void run_includeChangedWhereAnotherRowHasTheValue_tellsWhatStays() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (k TEXT PRIMARY KEY COLLATE NOCASE, u UNIQUE)",
                "INSERT INTO t VALUES ('a', 1), ('b', 2)");
    String snapshot = site.snapshot();
    site.sql("UPDATE t SET u = 3 WHERE k = 'a'", "INSERT INTO t VALUES ('c', 1)");
    site.sql("UPDATE t SET k = 'B' WHERE k = 'b'");

    RescueResult result = site.rescue().run(with(snapshot, CHANGED), Progress.silent());

    assertThat(site.ask("SELECT k || u FROM t ORDER BY k")).containsExactly("a3", "b2", "c1");
    assertThat(table(result, "t").changed()).isEqualTo(2);
    assertThat(table(result, "t").overwritten()).isEqualTo(1);
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void run_triggersOnWithConflict_countsRowsAndNotWhatTriggersWrite() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n)",
                "CREATE UNIQUE INDEX by_n ON t (abs(n))",
                "CREATE TABLE log (id INTEGER PRIMARY KEY, said)",
                "CREATE TRIGGER loud AFTER INSERT ON t BEGIN INSERT INTO log (said) VALUES (new.n);"
                    + " END",
                "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)",
                "DELETE FROM log");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t", "INSERT INTO t (n) VALUES (-1)", "DELETE FROM log");

    RescueResult result =
        site.rescue()
            .run(
                with(snapshot, new RescueOptions(false, false, false, true, 0)), Progress.silent());

    assertThat(table(result, "t").restored()).isEqualTo(2);
    assertThat(table(result, "t").conflicts()).isEqualTo(1);
    assertThat(site.ask("SELECT said FROM log ORDER BY id")).containsExactly("2", "3");
  }

  @Test
  void run_batches_leaveWhatCameBeforeAFailureAndGoOnAfterwards() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, n)",
                "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, -4), (5, 5)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, n CHECK (n > 0))");
    RescueRequest batches = with(snapshot, new RescueOptions(false, false, false, false, 2));

    assertThatThrownBy(() -> site.rescue().run(batches, Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.ROWS_REFUSED);
              assertThat(e.text()).contains("2 rows came back before");
            });

    assertThat(site.ask("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
    RescueRequest others =
        new RescueRequest(snapshot, Set.of("tasks"), Set.of("t"), "n > 0", batches.options());
    assertThat(table(site.rescue().run(others, Progress.silent()), "t").restored()).isEqualTo(2);
  }

  @Test
  void run_utf16_bringsTextBackAsItWas() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql(
        "PRAGMA encoding = 'UTF-16le'",
        "CREATE TABLE t (id TEXT PRIMARY KEY, text)",
        "INSERT INTO t VALUES ('ä', 'ab€𝄞'), ('b', x'00ff')");
    String snapshot = site.snapshot();
    List<String> whole = site.ask("SELECT id || hex(text) FROM t ORDER BY id");
    site.sql("DELETE FROM t");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT id || hex(text) FROM t ORDER BY id")).isEqualTo(whole);
    assertThat(table(result, "t").samples())
        .contains(Map.of("id", new Cell.Text("ä"), "text", new Cell.Text("ab€𝄞")));
  }

  @Test
  void run_otherEncodingNow_isRefusedInWords() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("PRAGMA encoding = 'UTF-16le'", "CREATE TABLE t (a)");
    String snapshot = site.snapshot();
    Files.delete(site.tasks());
    site.sql("CREATE TABLE t (a)");

    refused(site, all(snapshot), ErrorCode.SCHEMAS_DIFFER, "UTF-16");
  }

  @Test
  void plan_hugeValues_areNamedRatherThanShown() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b)", "INSERT INTO t VALUES (1, zeroblob(9e6))");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t");

    RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());

    assertThat(table(plan, "t").samples().getFirst())
        .containsEntry("b", new Cell.Text("blob of 9000000 bytes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void run_liveDatabaseLocked_endsBusyWithNothingChanged(String mode) throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("PRAGMA journal_mode = " + mode);
    site.sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child");
    try (Companion holder =
        Companion.python(
            """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1], isolation_level=None)
            db.execute('BEGIN EXCLUSIVE')
            print('locked')
            input()
            """,
            site.tasks())) {
      holder.await("locked");

      assertThatThrownBy(() -> site.rescue().run(all(snapshot), Progress.silent()))
          .isInstanceOfSatisfying(
              BackupException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
                assertThat(e.code().status()).isEqualTo(Status.BUSY);
                assertThat(e.text() + e.hint()).containsIgnoringCase("nothing");
              });
    }
    assertThat(site.ask("SELECT count(*) FROM child")).containsExactly("0");
  }
}
