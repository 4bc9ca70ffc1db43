package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.FAMILY;
import static dev.workbuddy.backup.rescue.Rescuing.all;
import static dev.workbuddy.backup.rescue.Rescuing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.diff.DiffDatabases;
import dev.workbuddy.backup.diff.DiffRequest;
import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RescueResult.LeftDatabase;
import dev.workbuddy.backup.rescue.RescueResult.LeftOut;
import dev.workbuddy.backup.testing.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot come back stops nothing else, and is told. */
class PartialRescueTest {
  @TempDir private Path root;

  private static RescueRequest everywhere(String snapshot) {
    return new RescueRequest(snapshot, Set.of(), Set.of(), null, RescueOptions.careful());
  }

  private RecoverySite twoDatabases() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    Files.createDirectories(site.notes().getParent());
    Databases.run(
        site.notes(), "CREATE TABLE n (id INTEGER PRIMARY KEY)", "INSERT INTO n VALUES (1)");
    return site;
  }

  @Test
  void run_droppedTable_isPartlyDoneAndSaysHowItComesBack() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    String create = site.ask("SELECT sql FROM sqlite_schema WHERE name = 'child'").getFirst();
    site.sql("DELETE FROM zparent WHERE id > 1", "DROP TABLE child");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(table(result, "zparent").restored()).isEqualTo(2);
    LeftOut left = result.databases().getFirst().leftOut().getFirst();
    assertThat(left.table()).isEqualTo("child");
    assertThat(left.missing()).isEqualTo(4);
    assertThat(left.hint()).contains("rescue " + snapshot + " --recreate");
    site.sql(create);
    RescueResult again = site.rescue().run(all(snapshot), Progress.silent());
    assertThat(again.status()).isEqualTo(Status.DONE);
    assertThat(table(again, "child").restored()).isEqualTo(4);
  }

  @Test
  void run_droppedTableWithoutRows_isDone() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql("CREATE TABLE t (a)", "CREATE TABLE u (a)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(result.databases().getFirst().leftOut()).isNotEmpty();
    assertThat(result.status()).isEqualTo(Status.DONE);
  }

  @Test
  void run_oneDatabaseUnreadable_bringsTheOthersBackAndNamesIt() throws Exception {
    RecoverySite site = twoDatabases();
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child");
    Files.writeString(site.notes(), "this is no database, whatever its name says".repeat(99));

    RescueResult plan = site.rescue().plan(everywhere(snapshot), Progress.silent());
    RescueResult result = site.rescue().run(everywhere(snapshot), Progress.silent());

    assertThat(plan.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(plan.left()).extracting(LeftDatabase::database).containsExactly("notes");
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(table(result, "child").restored()).isEqualTo(4);
    assertThat(result.left()).hasSize(1);
    assertThat(result.left().getFirst().code()).isEqualTo(ErrorCode.DATABASE_DAMAGED);
    assertThat(result.left().getFirst().hint()).contains("restore latest --only notes");
    assertThat(site.ask("SELECT count(*) FROM child")).containsExactly("4");
  }

  @Test
  void run_liveDatabaseGone_bringsTheOthersBackAndNamesIt() throws Exception {
    RecoverySite site = twoDatabases();
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child");
    Files.delete(site.notes());

    RescueResult result = site.rescue().run(everywhere(snapshot), Progress.silent());

    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(table(result, "child").restored()).isEqualTo(4);
    assertThat(result.left()).extracting(LeftDatabase::database).containsExactly("notes");
    assertThat(result.left().getFirst().reason()).contains("is not there");
    assertThat(result.left().getFirst().hint()).contains("restore latest --only notes");
    assertThat(Files.exists(site.notes())).isFalse();
  }

  @Test
  void runAndDiff_noLiveDatabaseIsThere_sayWhatBringsItBack() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    Files.delete(site.tasks());

    assertThatThrownBy(() -> site.rescue().run(all(snapshot), Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_MISSING);
              assertThat(e.hint()).contains("restore latest --only tasks");
            });
    RescueResult told = site.rescue().run(everywhere(snapshot), Progress.silent());
    assertThat(told.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(told.snapshotBefore()).isNull();
    assertThat(told.outOfReach()).isPositive();
    assertThat(told.toRestore()).containsExactly("tasks");
    DiffRequest all = new DiffRequest(snapshot, "live", Set.of(), Set.of(), true, 3, null);
    DiffResult diff = new DiffDatabases(site.settings(), site.clock()).run(all, Progress.silent());
    assertThat(diff.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(diff.warnings().getFirst())
        .contains("the live database tasks is not there", "restore latest --only tasks");
  }

  @Test
  void run_oddValuesAndKeys_comeBackBitByBit() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql(
        "CREATE TABLE t (id PRIMARY KEY COLLATE NOCASE, v)",
        "CREATE INDEX computed ON t (lower(v), v || 'x')",
        "INSERT INTO t VALUES (9223372036854775807, -9223372036854775808),"
            + " (-9223372036854775808, 9223372036854775807), ('Ä', CAST(x'ff00fe' AS TEXT)),"
            + " (CAST(x'c328' AS TEXT), x'00ff'), (x'00', 9e999), (0.1, -9e999), ('nan', 9e999 -"
            + " 9e999), (1e300, -0.0), ('', ''), ('Key', zeroblob(70000)), (2, 9007199254740993)");
    String all =
        "SELECT typeof(id) || hex(id) || typeof(v) || hex(v) || quote(v) FROM t ORDER BY 1";
    var whole = site.ask(all);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t WHERE id <> 2", "INSERT INTO t VALUES ('kEY', 'newer')");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(table(result, "t").restored()).isEqualTo(9); // 'kEY' is the same key as 'Key'.
    site.sql("DELETE FROM t WHERE id = 'key'", "INSERT INTO t VALUES ('Key', zeroblob(70000))");
    assertThat(site.ask(all)).isEqualTo(whole);
    assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
  }
}
