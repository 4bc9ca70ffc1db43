package dev.workbuddy.backup.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.diff.DiffDatabases;
import dev.workbuddy.backup.diff.DiffRequest;
import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.diff.DiffResult.RowsDiff;
import dev.workbuddy.backup.diff.RowChange;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.tables.SqlValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of many megabytes are told of; they are never shown, and never built as text. */
class LargeValuesTest {
  private static final int BYTES = 40_000_000;
  private static final String ZEROS = Checksums.sha256(new byte[BYTES]);

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"id INTEGER PRIMARY KEY", "id"})
  void diff_rowWithALargeBlob_tellsItByLengthAndChecksum(String key) throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (%s, v)".formatted(key),
                "INSERT INTO t VALUES (1, zeroblob(%d)), (2, 'small')".formatted(BYTES));
    site.snapshot();
    site.sql("DELETE FROM t WHERE id = 1");

    RowsDiff rows = rows(site.diff("latest", DiffRequest.LIVE, true));

    RowChange change = rows.changes().getFirst();
    assertThat(rows.removed()).isEqualTo(1);
    assertThat(change.before()).containsEntry("v", SqlValue.Large.of("blob", BYTES, ZEROS));
    assertThat(Json.line(change))
        .contains("\"large\":\"blob\"", "\"bytes\":40000000", ZEROS.substring(0, 16))
        .hasSizeLessThan(1000);
  }

  @Test
  void diff_largeTextThatChanged_tellsBothSides() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
                "INSERT INTO t VALUES (1, printf('%.*c', 5000000, 'x'))");
    site.snapshot();
    site.sql("UPDATE t SET v = printf('%.*c', 5000000, 'y')");

    RowChange change = rows(site.diff("latest", DiffRequest.LIVE, true)).changes().getFirst();

    assertThat(change.before()).containsEntry("v", text("x".repeat(5_000_000)));
    assertThat(change.after()).containsEntry("v", text("y".repeat(5_000_000)));
  }

  private static SqlValue text(String text) {
    return SqlValue.Large.of("text", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void diff_textThatLooksLikeOne_isNotTakenForAnother() throws Exception {
    String forged = "wb-backup:large:blob 7 " + "0".repeat(64);
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
                "INSERT INTO t VALUES (1, '%s')".formatted(forged));
    site.snapshot();
    site.sql("DELETE FROM t");

    RowChange change = rows(site.diff("latest", DiffRequest.LIVE, true)).changes().getFirst();

    assertThat(change.before()).containsEntry("v", text(forged));
  }

  @Test
  void rescue_lostRowWithALargeBlob_showsItByLengthAndBringsItBackWhole() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
                "INSERT INTO t VALUES (1, zeroblob(%d))".formatted(BYTES));
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t");

    RescueResult result = site.rescue().run(Rescuing.all(snapshot), Progress.silent());

    assertThat(Json.line(result)).contains(ZEROS.substring(0, 16)).hasSizeLessThan(10_000);
    assertThat(site.ask("SELECT length(v) FROM t")).containsExactly(Integer.toString(BYTES));
  }

  @Test
  void diff_manyRowsOfSomeSize_showsSomeAndCountsAll() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                    + " INSERT INTO t SELECT i, zeroblob(60000) FROM n");
    site.snapshot();
    site.sql("DELETE FROM t");
    DiffRequest request =
        new DiffRequest(
            "latest", DiffRequest.LIVE, Set.of("tasks"), Set.of(), true, 1_000_000, null);

    RowsDiff rows =
        rows(new DiffDatabases(site.settings(), site.clock()).run(request, Progress.silent()));

    assertThat(rows.removed()).isEqualTo(300);
    assertThat(rows.changes()).hasSizeBetween(10, 200);
    assertThat(rows.changes().size() + rows.leftOut()).isEqualTo(300);
  }

  private static RowsDiff rows(DiffResult result) {
    return Objects.requireNonNull(result.databases().getFirst().tables().getFirst().rows());
  }
}
