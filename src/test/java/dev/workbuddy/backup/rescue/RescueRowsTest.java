package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.FAMILY;
import static dev.workbuddy.backup.rescue.Rescuing.all;
import static dev.workbuddy.backup.rescue.Rescuing.table;
import static dev.workbuddy.backup.rescue.Rescuing.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RescueResult.TableRescue;
import dev.workbuddy.backup.tables.SqlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescueRowsTest {
  @TempDir private Path root;

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
    assertThat(table(plan, "child").samples().getFirst())
        .containsEntry("text", new SqlValue.Text("y"));
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
            new RescueOptions(true, false, false, false, false, 0));

    RescueResult result = site.rescue().run(request, Progress.silent());

    assertThat(site.ask("SELECT coalesce(text, 'none') FROM child ORDER BY id"))
        .containsExactly("x", "y", "z", "none");
    assertThat(table(result, "child").overwritten()).isEqualTo(3);
    assertThat(table(result, "child").restored()).isEqualTo(1);
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
  void run_tableWithoutKey_bringsBackWhatIsGoneForCertainAndOffersTheRest() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, NULL), (1, NULL), (2, 'x')");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t WHERE rowid <> 2", "INSERT INTO t VALUES (3, 'new')");

    RescueResult without = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(without.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(table(without, "t").restored()).isEqualTo(1);
    assertThat(table(without, "t").doubtful()).isEqualTo(1);
    assertThat(site.ask("SELECT rowid || ':' || a || coalesce(b, '') FROM t ORDER BY rowid"))
        .containsExactly("1:1", "2:1", "3:3new");
    RescueResult keyless =
        site.rescue()
            .run(
                with(snapshot, new RescueOptions(false, false, true, false, false, 0)),
                Progress.silent());
    assertThat(keyless.status()).isEqualTo(Status.DONE);
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
    assertThat(plan.warnings()).isEmpty();

    site.rescue().run(all(snapshot), Progress.silent());
    assertThat(site.ask("SELECT count(*) FROM found WHERE found MATCH 'apple'"))
        .as("the index has the entry, though no trigger was awake")
        .containsExactly("1");
    assertThat(site.ask("SELECT sql FROM sqlite_schema WHERE type = 'trigger'"))
        .isEqualTo(triggers);

    site.sql(
        "INSERT INTO found (found, rank) VALUES ('integrity-check', 1)",
        "DELETE FROM doc WHERE id = 1");
    site.rescue()
        .run(
            new RescueRequest(
                snapshot,
                Set.of("tasks"),
                Set.of(),
                null,
                new RescueOptions(false, false, false, false, true, 0)),
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
  void run_batchWithARowThatARuleForbids_bringsTheOthersAndNamesIt() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, n)",
                "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, -4), (5, 5)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, n CHECK (n > 0))");
    RescueRequest batches = with(snapshot, new RescueOptions(false, false, false, false, false, 2));

    RescueResult result = site.rescue().run(batches, Progress.silent());

    assertThat(site.ask("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3", "5");
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(table(result, "t").forbidding())
        .singleElement()
        .satisfies(forbidden -> assertThat(forbidden.rule()).contains("CHECK", "n > 0"));
    assertThat(site.clock().waits()).as("writers had their turn").hasSizeGreaterThan(2);
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
        .contains(Map.of("id", new SqlValue.Text("ä"), "text", new SqlValue.Text("ab€𝄞")));
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
        .containsEntry("b", SqlValue.Large.of("blob", new byte[9_000_000]));
  }
}
