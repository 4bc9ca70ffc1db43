package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.all;
import static dev.workbuddy.backup.rescue.Rescuing.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.rescue.RescueResult.LeftOut;
import dev.workbuddy.backup.rescue.RescueResult.Recreated;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedTablesTest {
  private static final RescueOptions AGAIN = new RescueOptions(false, false, false, true, false, 0);

  @TempDir private Path root;

  private static List<String> told(DatabaseRescue database) {
    return database.recreated().stream().map(made -> made.type() + " " + made.name()).toList();
  }

  @Test
  void recreate_planShowsEachObjectInItsOrder_andOnlyApplyMakesThem() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE p (id INTEGER PRIMARY KEY)",
                "CREATE VIEW v AS SELECT n FROM c",
                "CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT, n UNIQUE, p REFERENCES p)",
                "CREATE TRIGGER t AFTER INSERT ON c BEGIN SELECT raise(ABORT, 'awake'); END",
                "CREATE INDEX i ON c (p)",
                "CREATE VIRTUAL TABLE ft USING fts5(n, content='c', content_rowid='id')",
                "INSERT INTO p VALUES (1), (2)",
                "DROP TRIGGER t",
                "INSERT INTO c (n, p) VALUES ('one', 1), ('two', 2)",
                "CREATE TRIGGER t AFTER INSERT ON c BEGIN SELECT raise(ABORT, 'awake'); END",
                "INSERT INTO ft (ft) VALUES ('rebuild')");
    String snapshot = site.snapshot();
    site.sql("DROP VIEW v", "DROP TABLE c", "DROP TABLE ft", "DELETE FROM p");

    RescueResult without = site.rescue().plan(all(snapshot), Progress.silent());
    RescueResult plan = site.rescue().plan(with(snapshot, AGAIN), Progress.silent());
    assertThat(site.ask("SELECT name FROM sqlite_schema WHERE name IN ('c', 'ft')")).isEmpty();
    RescueResult result = site.rescue().run(with(snapshot, AGAIN), Progress.silent());

    assertThat(without.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(without.databases().getFirst().leftOut())
        .filteredOn(left -> left.table().equals("c"))
        .singleElement()
        .satisfies(left -> assertThat(left.hint()).contains(snapshot + " --recreate"));
    assertThat(told(plan.databases().getFirst()))
        .containsExactly("table c", "table ft", "index i", "view v", "trigger t");
    assertThat(told(result.databases().getFirst())).isEqualTo(told(plan.databases().getFirst()));
    assertThat(result.status()).as("%s", result).isEqualTo(Status.DONE);
    assertThat(site.ask("SELECT c.n FROM c JOIN p ON p.id = c.p ORDER BY 1"))
        .containsExactly("one", "two");
    assertThat(site.ask("SELECT rowid FROM ft WHERE ft MATCH 'two'")).containsExactly("2");
    assertThat(site.ask("SELECT seq FROM sqlite_sequence")).containsExactly("2");
    assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void recreate_whatOnlyTheApplicationCanMake_isNamedAndStopsNothing() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    Application.run(
        site.tasks(),
        List.of(
            "CREATE TABLE odd (name TEXT COLLATE LOCALIZED PRIMARY KEY)",
            "CREATE TABLE plain (a)",
            "CREATE INDEX by_own ON plain (own_lower(a))",
            "INSERT INTO odd VALUES ('x')",
            "INSERT INTO plain VALUES ('A'), ('B')"));
    String snapshot = site.snapshot();
    Application.run(site.tasks(), List.of("DROP TABLE odd", "DROP TABLE plain"));

    RescueResult result = site.rescue().run(with(snapshot, AGAIN), Progress.silent());

    DatabaseRescue tasks = result.databases().getFirst();
    assertThat(told(tasks)).containsExactly("table plain");
    assertThat(tasks.recreated()).extracting(Recreated::table).containsExactly("plain");
    assertThat(tasks.leftOut()).extracting(LeftOut::table).containsExactly("by_own", "odd");
    assertThat(tasks.leftOut().getLast().reason()).contains("LOCALIZED");
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(site.ask("SELECT a FROM plain ORDER BY a")).containsExactly("A", "B");
  }

  @Test
  void recreate_tableWithARuleOfTheApplications_isMadeAndNamed() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    Application.run(
        site.tasks(),
        List.of(
            "CREATE TABLE odd (a CHECK (own_lower(a) = a))",
            "CREATE TABLE plain (a)",
            "INSERT INTO odd VALUES ('a')",
            "INSERT INTO plain VALUES ('A')"));
    String snapshot = site.snapshot();
    Application.run(site.tasks(), List.of("DROP TABLE odd", "DROP TABLE plain"));

    RescueResult result = site.rescue().run(with(snapshot, AGAIN), Progress.silent());

    assertThat(result.databases().getFirst().leftOut())
        .extracting(LeftOut::table)
        .containsExactly("odd");
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(site.ask("SELECT a FROM plain")).containsExactly("A");
  }
}
