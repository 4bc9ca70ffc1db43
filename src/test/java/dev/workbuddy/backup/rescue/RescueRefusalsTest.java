package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.FAMILY;
import static dev.workbuddy.backup.rescue.Rescuing.all;
import static dev.workbuddy.backup.rescue.Rescuing.refused;
import static dev.workbuddy.backup.rescue.Rescuing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Companion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RescueRefusalsTest {
  @TempDir private Path root;

  @Test
  void run_newColumnWithoutDefault_refusesAndNamesIt() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, must TEXT NOT NULL)");

    refused(site, table(snapshot, "t", null), ErrorCode.SCHEMAS_DIFFER, "must");
    assertLeftOut(site, snapshot, "must");
  }

  @Test
  void run_otherPrimaryKey_refusesAndNamesBoth() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (id INTEGER PRIMARY KEY, uid)", "INSERT INTO t VALUES (1, 2)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER, uid PRIMARY KEY)");

    refused(site, table(snapshot, "t", null), ErrorCode.SCHEMAS_DIFFER, "(uid)", "(id)");
    assertLeftOut(site, snapshot, "(uid)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no_such_column = 1",
        "id = ",
        "1); DELETE FROM child; --",
        "1) OR (1",
        "id = 'never closed",
        "json_extract(text, '$.a') = 1",
        "",
      })
  void run_whereThatDoesNotParse_isRefused(String where) throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child");

    refused(site, table(snapshot, "child", where), ErrorCode.SQL_INVALID, "--where");
  }

  @Test
  void run_whereThatCannotBeInterrupted_endsWhenWithdrawnAndChangesNothing() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql(FAMILY);
    String snapshot = site.snapshot();
    site.sql("DELETE FROM child");
    String where = "instr(hex(zeroblob(30000000)), hex(zeroblob(9000000)) || '1') = id";
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(
            () ->
                site.rescue().run(table(snapshot, "child", where), Withdrawn.afterStarting(looks)))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
    assertThat(looks).as("it was asked while the process ran").hasPositiveValue();
    assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    assertThat(site.ask("SELECT count(*) FROM child")).containsExactly("0");
  }

  /** Where nobody asked for it by name, it is told and stops nothing else. */
  private static void assertLeftOut(RecoverySite site, String snapshot, String word)
      throws Exception {
    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());
    assertThat(result.databases().getFirst().leftOut())
        .singleElement()
        .satisfies(left -> assertThat(left.reason()).contains(word));
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void run_rowThatARuleForbids_bringsTheOthersBackAndNamesIt() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE t (id INTEGER PRIMARY KEY, n)", "INSERT INTO t VALUES (1, 5), (2, -5)");
    String snapshot = site.snapshot();
    site.sql("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, n CHECK (n > 0))");

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(site.ask("SELECT n FROM t")).containsExactly("5");
    assertThat(Rescuing.table(result, "t").forbidding())
        .singleElement()
        .satisfies(forbidden -> assertThat(forbidden.rule()).contains("CHECK"));
    assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
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
