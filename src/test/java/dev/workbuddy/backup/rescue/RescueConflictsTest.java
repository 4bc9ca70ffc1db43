package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.CHANGED;
import static dev.workbuddy.backup.rescue.Rescuing.FAMILY;
import static dev.workbuddy.backup.rescue.Rescuing.OVERWRITE;
import static dev.workbuddy.backup.rescue.Rescuing.all;
import static dev.workbuddy.backup.rescue.Rescuing.refused;
import static dev.workbuddy.backup.rescue.Rescuing.table;
import static dev.workbuddy.backup.rescue.Rescuing.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescueConflictsTest {
  @TempDir private Path root;

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
    assertThat(result.warnings()).noneMatch(warning -> warning.contains("by_n"));
    assertThat(table(result, "t").restored()).isEqualTo(1);
    assertThat(table(result, "t").conflicting())
        .extracting(RescueResult.Conflict::index)
        .containsExactly("by_mail", "primary key or computed index");
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(site.ask("SELECT coalesce(mail, n) FROM t ORDER BY id"))
        .containsExactly("c@x", "A@X", "-2");
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
                with(snapshot, new RescueOptions(false, false, false, false, true, 0)),
                Progress.silent());

    assertThat(table(result, "t").restored()).isEqualTo(2);
    assertThat(table(result, "t").conflicts()).isEqualTo(1);
    assertThat(site.ask("SELECT said FROM log ORDER BY id")).containsExactly("2", "3");
  }
}
