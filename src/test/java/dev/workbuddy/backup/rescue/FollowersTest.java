package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.CHANGED;
import static dev.workbuddy.backup.rescue.Rescuing.all;
import static dev.workbuddy.backup.rescue.Rescuing.table;
import static dev.workbuddy.backup.rescue.Rescuing.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes that hang on rows that come back are right, or the advice mends them. */
class FollowersTest {
  private static final String REBUILD = "INSERT INTO \"found\" (\"found\") VALUES ('rebuild')";
  private static final String INTEGRITY =
      "INSERT INTO found (found, rank) VALUES ('integrity-check', 1)";

  @TempDir private Path root;

  private RecoverySite site(String content, String options) throws Exception {
    return RecoverySite.in(root)
        .sql(
            "CREATE TABLE doc (id INTEGER PRIMARY KEY, text)",
            "CREATE VIEW docs AS SELECT id, text FROM doc",
            "CREATE VIRTUAL TABLE found USING fts5(text, content='%s', content_rowid='id'%s)"
                .formatted(content, options),
            "CREATE TRIGGER i AFTER INSERT ON doc BEGIN INSERT INTO found (rowid, text) VALUES"
                + " (new.id, new.text); END",
            "CREATE TRIGGER d AFTER DELETE ON doc BEGIN INSERT INTO found (found, rowid, text)"
                + " VALUES ('delete', old.id, old.text); END",
            "INSERT INTO doc VALUES (1, 'apple'), (2, 'pear'), (3, 'plum')");
  }

  @ParameterizedTest
  @CsvSource({"doc,', columnsize=0'", "docs,''"})
  void index_thatCannotFollow_isNamedWithTheStatementThatMendsIt(String content, String options)
      throws Exception {
    RecoverySite site = site(content, options);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM doc WHERE id = 1");

    RescueResult plan = site.rescue().plan(all(snapshot), Progress.silent());
    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(plan.warnings()).anyMatch(text -> text.contains(REBUILD));
    assertThat(result.warnings()).anyMatch(text -> text.contains(REBUILD));
    assertThat(site.ask("SELECT rowid FROM found WHERE found MATCH 'apple'")).isEmpty();
    site.sql(REBUILD, INTEGRITY);
    assertThat(site.ask("SELECT rowid FROM found WHERE found MATCH 'apple'")).containsExactly("1");
  }

  @Test
  void index_thatStillHasTheEntry_getsNoSecondOne() throws Exception {
    RecoverySite site = site("doc", "");
    String snapshot = site.snapshot();
    site.sql("DROP TRIGGER d", "DELETE FROM doc WHERE id = 1");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(result.warnings()).noneMatch(text -> text.contains("found"));
    site.sql(INTEGRITY);
  }

  @Test
  void index_ofRowsThatBecameWhatTheyWere_isNamed() throws Exception {
    RecoverySite site = site("doc", "");
    String snapshot = site.snapshot();
    site.sql("UPDATE doc SET text = 'grape' WHERE id = 2");

    RescueResult result = site.rescue().run(with(snapshot, CHANGED), Progress.silent());

    assertThat(table(result, "doc").overwritten()).isEqualTo(1);
    assertThat(result.warnings()).anyMatch(text -> text.contains(REBUILD));
  }

  @Test
  void triggersOn_feedAFullTextTableThatComesBackAsWell() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE doc (id INTEGER PRIMARY KEY, text)",
                "CREATE VIRTUAL TABLE found USING fts5(text)",
                "CREATE TRIGGER i AFTER INSERT ON doc BEGIN INSERT INTO found (rowid, text) VALUES"
                    + " (new.id, new.text); END",
                "CREATE TRIGGER d AFTER DELETE ON doc BEGIN DELETE FROM found WHERE rowid = old.id;"
                    + " END",
                "INSERT INTO doc VALUES (1, 'apple'), (2, 'pear')");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM doc");

    RescueResult result =
        site.rescue()
            .run(
                with(snapshot, new RescueOptions(false, false, false, false, true, 0)),
                Progress.silent());

    assertThat(result.status()).as("%s", result).isEqualTo(Status.DONE);
    assertThat(site.ask("SELECT rowid FROM found ORDER BY 1")).containsExactly("1", "2");
  }

  @Test
  void oneTableOnly_namesTheFullTextTableThatTriggersFeed_andTheAdviceWorks() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE doc (id INTEGER PRIMARY KEY, text)",
                "CREATE VIRTUAL TABLE found USING fts5(text)",
                "CREATE TRIGGER d AFTER DELETE ON doc BEGIN DELETE FROM found WHERE rowid = old.id;"
                    + " END",
                "INSERT INTO doc VALUES (1, 'apple')",
                "INSERT INTO found (rowid, text) VALUES (1, 'apple')");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM doc");

    RescueResult doc = site.rescue().run(table(snapshot, "doc", null), Progress.silent());
    assertThat(doc.warnings()).anyMatch(text -> text.contains("--table found"));
    RescueResult found = site.rescue().run(table(snapshot, "found", null), Progress.silent());

    assertThat(found.status()).isEqualTo(Status.DONE);
    assertThat(site.ask("SELECT rowid FROM found WHERE found MATCH 'apple'")).containsExactly("1");
  }
}
