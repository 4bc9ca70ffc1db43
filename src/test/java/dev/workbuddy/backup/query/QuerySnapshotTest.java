package dev.workbuddy.backup.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.rescue.RecoverySite;
import dev.workbuddy.backup.rescue.Withdrawn;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.tables.SqlValue;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class QuerySnapshotTest {
  @TempDir private Path root;

  private RecoverySite site() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql("CREATE TABLE t (a INTEGER PRIMARY KEY, b)", "INSERT INTO t VALUES (1, 'x')");
    Databases.run(site.notes(), "CREATE TABLE n (a, c)", "INSERT INTO n VALUES (1, 'note')");
    site.snapshot();
    return site.sql("DELETE FROM t");
  }

  private static void refused(ThrowingCallable asking, ErrorCode code) {
    assertThatThrownBy(asking)
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).as(e.text()).isEqualTo(code));
  }

  /** Each asked as its process asks it, with another database beside it. */
  private void eachRefused(List<String> statements, ErrorCode code) throws Exception {
    RecoverySite site = site();
    Map<String, String> neighbours = Map.of("notes", site.notes().toString());
    List<String> before = Listing.of(root);
    for (String sql : statements) {
      refused(
          () -> {
            ReadOnlySql.require(sql);
            QueryProcess.answer(
                new QueryOrder(site.tasks().toString(), neighbours, sql, 5, 60_000), "tasks");
          },
          code);
    }
    assertThat(Listing.of(root)).isEqualTo(before);
    refused(() -> site.query(statements.getLast(), "notes"), code);
    assertThat(site.query("SELECT b FROM t").rows()).hasSize(1);
  }

  @Test
  void run_select_readsTheSnapshotNotTheLiveData() throws Exception {
    QueryResult result = site().query("SELECT a, b AS said FROM t; -- all");

    assertThat(result.columns()).containsExactly("a", "said");
    assertThat(result.rows())
        .containsExactly(List.of(new SqlValue.Whole(1), new SqlValue.Text("x")));
    assertThat(result.truncated()).isFalse();
  }

  @Test
  void run_withNeighbour_joinsDatabasesOfTheSnapshot() throws Exception {
    QueryResult result = site().query("SELECT c FROM t JOIN notes.n USING (a)", "notes");

    assertThat(result.rows()).containsExactly(List.of(new SqlValue.Text("note")));
  }

  @Test
  void run_everyKindOfValue_comesBackAsItIs() throws Exception {
    QueryResult result =
        site()
            .query(
                "VALUES (NULL), (9223372036854775807), (-9e999), (CAST(x'ff' AS TEXT)), (x'00')");

    assertThat(result.rows().stream().map(row -> row.getFirst().literal()))
        .containsExactly("NULL", "9223372036854775807", "-9e999", "text x'ff'", "x'00'");
  }

  @Test
  void run_moreRowsThanTheLimit_stopsAndSaysSo() throws Exception {
    QueryResult result =
        site()
            .query(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");

    assertThat(result.rows()).hasSize(5);
    assertThat(result.truncated()).isTrue();
  }

  @Test
  void run_sqlThatDoesMoreThanRead_isRefused() throws Exception {
    eachRefused(
        List.of(
            "DELETE FROM t",
            "INSERT INTO t VALUES (2, 'y')",
            "WITH x AS (SELECT 1) DELETE FROM t",
            "CREATE TEMP TABLE x (a)",
            "ATTACH '/tmp/wb-other.db' AS other",
            "VACUUM INTO 'stolen.db'",
            "SELECT 1; DELETE FROM t",
            "PRAGMA user_version = 7",
            "PRAGMA user_version(7)",
            "PRAGMA query_only = OFF",
            "PRAGMA writable_schema = ON",
            "EXPLAIN PRAGMA hard_heap_limit = 1",
            "EXPLAIN QUERY PLAN DELETE FROM t",
            "backup to '/tmp/wb-stolen.db'",
            "restore from '/tmp/wb-other.db'",
            "DETACH notes",
            "PRAGMA journal_mode",
            "PRAGMA temp_store_directory('/')",
            "BEGIN",
            "/* SELECT */ DROP TABLE t"),
        ErrorCode.SQL_NOT_PERMITTED);
  }

  @Test
  void run_sqlThatIsNone_isRefused() throws Exception {
    eachRefused(
        List.of(
            "",
            ";",
            "SELECT",
            "SELCT * FROM t",
            "EXPLAIN SELCT * FROM t",
            "how many rows?",
            "SELECT nothing FROM t",
            "SELECT * FROM nowhere",
            "SELECT 'never closed",
            "SELECT load_extension('/tmp/x.so')",
            "SELECT * FROM pragma_temp_store_directory('/')",
            "SELECT * FROM pragma_writable_schema(1)",
            "SELECT fts3_tokenizer('x', x'00')",
            "EXPLAIN",
            "SELECT writefile('/tmp/x', 'y')"),
        ErrorCode.SQL_INVALID);
  }

  @Test
  void run_longAnswer_stopsInTime() throws Exception {
    RecoverySite site = site();
    QueryRequest endless =
        new QueryRequest(
            "latest",
            "tasks",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n",
            Set.of(),
            5,
            Duration.ofMillis(50));

    assertThatThrownBy(
            () -> new QuerySnapshot(site.settings(), site.clock()).run(endless, Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_STOPPED));
  }

  @Test
  void run_hugeValue_isStopped() throws Exception {
    RecoverySite site = site();
    refused(() -> site.query("SELECT zeroblob(1000000000)"), ErrorCode.QUERY_STOPPED);
  }

  @Test
  void run_manyLargeValuesInOneRow_areToldByLengthAndChecksum() throws Exception {
    String values = String.join(", ", Collections.nCopies(5, "zeroblob(20000000)"));

    List<SqlValue> row = site().query("SELECT " + values).rows().getFirst();

    assertThat(row)
        .hasSize(5)
        .containsOnly(
            SqlValue.Large.of("blob", 20_000_000, Checksums.sha256(new byte[20_000_000])));
  }

  @Test
  void run_answerThatIsTooLarge_endsEarlyAndSaysSo() throws Exception {
    QueryResult result =
        ask("SELECT zeroblob(1000000)" + " UNION ALL SELECT zeroblob(1000000)".repeat(30), 1000);

    assertThat(result.rows()).hasSizeBetween(4, 9);
    assertThat(result.truncated()).isTrue();
    assertThat(result.warnings()).singleElement().asString().contains("as large as an answer");
  }

  @Test
  void run_thousandsOfColumns_areAnsweredWithinTheBound() throws Exception {
    String columns = String.join(", ", Collections.nCopies(2000, "zeroblob(20000)"));

    QueryResult result = ask("SELECT " + columns, 1000);

    assertThat(result.rows().getFirst()).hasSize(2000);
    long shown = result.rows().getFirst().stream().mapToLong(SqlValue::length).sum();
    assertThat(shown).isLessThan(2L * QueryProcess.MOST_BYTES);
  }

  private QueryResult ask(String sql, int limit) throws Exception {
    RecoverySite site = site();
    QueryRequest request =
        new QueryRequest("latest", "tasks", sql, Set.of(), limit, Duration.ofMinutes(2));
    return new QuerySnapshot(site.settings(), site.clock()).run(request, Progress.silent());
  }

  /** Calls of SQLite's own functions that would take hours, each, and cannot be interrupted. */
  private static final List<String> HANGING =
      List.of(
          "SELECT ltrim(hex(zeroblob(16000000)), replace(hex(zeroblob(9999)), '0', 'ab') || '0')",
          "SELECT instr(hex(zeroblob(30000000)), hex(zeroblob(9000000)) || '1')",
          "SELECT replace(hex(zeroblob(30000000)), hex(zeroblob(9000000)) || '1', '')",
          "SELECT hex(zeroblob(30000000)) LIKE '%" + "0".repeat(40_000) + "1%'",
          "SELECT hex(zeroblob(30000000)) GLOB '*" + "0".repeat(40_000) + "1*'");

  @ParameterizedTest
  @FieldSource("HANGING")
  void run_callThatCannotBeInterrupted_endsWithItsTimeAndLeavesNoProcess(String sql)
      throws Exception {
    RecoverySite site = site();
    QueryRequest request =
        new QueryRequest("latest", "tasks", sql, Set.of(), 5, Duration.ofMillis(100));

    assertThatThrownBy(
            () -> new QuerySnapshot(site.settings(), site.clock()).run(request, Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_STOPPED));
    assertThat(askingProcesses()).isEmpty();
  }

  @Test
  void run_withdrawnWhileItHangs_endsAtOnceAndLeavesNoProcess() throws Exception {
    RecoverySite site = site();
    QueryRequest request =
        new QueryRequest("latest", "tasks", HANGING.getFirst(), Set.of(), 5, Duration.ofHours(1));
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(
            () ->
                new QuerySnapshot(site.settings(), site.clock())
                    .run(request, Withdrawn.afterStarting(looks)))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
    assertThat(looks).as("it was asked while the process ran").hasPositiveValue();
    assertThat(askingProcesses()).isEmpty();
  }

  private static List<ProcessHandle> askingProcesses() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }

  @Test
  void run_explain_showsThePlan() throws Exception {
    QueryResult result = site().query("EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 1");

    assertThat(result.rows().toString()).contains("SEARCH t");
  }

  @Test
  void run_databaseThatTheSnapshotLacks_isRefused() throws Exception {
    RecoverySite site = site();
    assertThatThrownBy(() -> site.query("SELECT 1", "nowhere"))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNKNOWN));
  }
}
