package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.diff.DiffResult.TableDiff;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases that a rescue, or a diff, once got wrong. */
class KnownCasesTest {
  private static final String FILL =
      " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) SELECT ";

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path root;

  static Stream<KnownCase> cases() {
    return Stream.of(
        new KnownCase(
            "unknown-module",
            List.of(
                "CREATE TABLE v_rowids (rowid INTEGER PRIMARY KEY, chunk)",
                "CREATE TABLE v_chunks (id INTEGER PRIMARY KEY, validity BLOB)",
                "INSERT INTO v_rowids" + FILL.formatted(100) + "i, 1 FROM n",
                "INSERT INTO v_chunks VALUES (1, x'ff')",
                "PRAGMA writable_schema = ON",
                "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v"
                    + " USING vec0(e float[8])')"),
            List.of(
                "PRAGMA writable_schema = ON",
                "DELETE FROM v_rowids WHERE rowid < 20",
                "UPDATE v_chunks SET validity = x'00'"),
            "INCOMPLETE",
            Map.of("SELECT count(*) FROM v_rowids", 81L),
            List.of("\"table\":\"v\"", "--only tasks")),
        new KnownCase(
            "null-in-key",
            List.of(
                "CREATE TABLE u (a, b, v, PRIMARY KEY (a, b))",
                "INSERT INTO u (v)" + FILL.formatted(100) + "i FROM n"),
            List.of("DELETE FROM u WHERE v < 50"),
            "DONE",
            Map.of("SELECT count(DISTINCT v) FROM u", 100L, "SELECT count(*) FROM u", 100L),
            List.of("\"restored\":49")),
        new KnownCase(
            "fts5-only-store",
            List.of(
                "CREATE VIRTUAL TABLE note USING fts5(b)",
                "INSERT INTO note" + FILL.formatted(100) + "'word' || i FROM n"),
            List.of("DELETE FROM note WHERE rowid <= 90"),
            "DONE",
            Map.of("SELECT count(*) FROM note WHERE note MATCH 'word7'", 1L),
            List.of("\"restored\":90")),
        new KnownCase(
            "case-twins",
            List.of(
                "CREATE TABLE \"Ä\" (id INTEGER PRIMARY KEY, v)",
                "CREATE TABLE \"ä\" (id INTEGER PRIMARY KEY, v)",
                "INSERT INTO \"Ä\" (v)" + FILL.formatted(60) + "i FROM n",
                "INSERT INTO \"ä\" (v)" + FILL.formatted(60) + "-i FROM n"),
            List.of("DELETE FROM \"Ä\" WHERE id <= 30", "DELETE FROM \"ä\" WHERE id <= 30"),
            "DONE",
            Map.of("SELECT sum(v) FROM \"Ä\"", 1830L, "SELECT sum(v) FROM \"ä\"", -1830L),
            List.of("\"table\":\"Ä\"", "\"table\":\"ä\"")),
        new KnownCase(
            "alias-clash",
            List.of(
                "CREATE TABLE wb_live (id INTEGER PRIMARY KEY, v)",
                "INSERT INTO wb_live (v)" + FILL.formatted(60) + "i FROM n"),
            List.of("DELETE FROM wb_live WHERE id <= 30"),
            "DONE",
            Map.of("SELECT sum(v) FROM wb_live", 1830L),
            List.of("\"restored\":30")),
        new KnownCase(
            "wide-table",
            List.of(
                "CREATE TABLE w (id INTEGER PRIMARY KEY, "
                    + IntStream.range(0, 600)
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(","))
                    + ")",
                "CREATE TABLE plain (id INTEGER PRIMARY KEY, v)",
                "INSERT INTO w (id, c599) VALUES (1, 7)",
                "INSERT INTO plain (v)" + FILL.formatted(100) + "i FROM n"),
            List.of("DELETE FROM plain WHERE id <= 50", "DELETE FROM w"),
            "DONE",
            Map.of("SELECT count(*) FROM plain", 100L, "SELECT c599 FROM w", 7L),
            List.of()),
        new KnownCase(
            "foreign-collation-key",
            List.of(
                "CREATE TABLE contact (name TEXT COLLATE LOCALIZED PRIMARY KEY)",
                "INSERT INTO contact VALUES ('x')",
                "CREATE TABLE plain (id INTEGER PRIMARY KEY, v)",
                "INSERT INTO plain (v)" + FILL.formatted(100) + "i FROM n"),
            List.of("DELETE FROM plain WHERE id <= 50"),
            "INCOMPLETE",
            Map.of("SELECT count(*) FROM plain", 100L),
            List.of("\"table\":\"contact\"", "LOCALIZED")),
        new KnownCase(
            "former-orphans",
            List.of(
                "CREATE TABLE u (id INTEGER PRIMARY KEY, t REFERENCES nowhere (id), v)",
                "INSERT INTO u" + FILL.formatted(100) + "i, i, i FROM n"),
            List.of("DELETE FROM u WHERE id < 20"),
            "DONE",
            Map.of("SELECT count(*) FROM u", 100L),
            List.of("19 rows refer to rows of nowhere that the snapshot lacked as well")),
        new KnownCase(
            "keeps-rowids",
            List.of(
                "CREATE TABLE n (uuid TEXT PRIMARY KEY, body)",
                "INSERT INTO n" + FILL.formatted(200) + "printf('u%03d', i), i FROM n"),
            List.of("DELETE FROM n WHERE rowid <= 40"),
            "DONE",
            Map.of("SELECT count(*) FROM n WHERE rowid = body", 200L),
            List.of()),
        new KnownCase(
            "keeps-rowids where they are free",
            List.of(
                "CREATE TABLE n (uuid TEXT PRIMARY KEY, body)",
                "INSERT INTO n" + FILL.formatted(200) + "printf('u%03d', i), i FROM n"),
            List.of("DELETE FROM n WHERE rowid > 160", "INSERT INTO n VALUES ('new', 0)"),
            "DONE",
            Map.of(
                "SELECT count(*) FROM n WHERE rowid = body", 199L,
                "SELECT count(*) FROM n", 201L),
            List.of("1 rows come back under new rowids")),
        new KnownCase(
            "escape-in-name",
            List.of(
                "CREATE TABLE \"x\u001b[31mred\" (a)", "INSERT INTO \"x\u001b[31mred\" VALUES (1)"),
            List.of("DELETE FROM \"x\u001b[31mred\""),
            "DONE",
            Map.of("SELECT count(*) FROM \"x\u001b[31mred\"", 1L),
            List.of("\"x\\u001b[31mred\"")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rescue_isRightAndSaysIt(KnownCase known) throws Exception {
    RecoverySite site = RecoverySite.in(root);
    Application.run(site.tasks(), known.setup());
    String snapshot = site.snapshot();
    Application.run(site.tasks(), known.accident());

    RescueResult result = site.rescue().run(all(snapshot), Progress.silent());

    assertThat(result.status()).as("%s", result).isEqualTo(Status.valueOf(known.status()));
    for (Map.Entry<String, Long> rows : known.rows().entrySet()) {
      assertThat(Application.ask(site.tasks(), rows.getKey()))
          .as(rows.getKey())
          .containsExactly(rows.getValue().toString());
    }
    String told = Json.line(result);
    known.words().forEach(word -> assertThat(told).containsIgnoringCase(word));
    DiffResult diff = site.diff(snapshot, "live", true);
    assertThat(diff.databases().getFirst().tables())
        .allSatisfy(
            table -> assertThat(table.rows() == null ? 0 : table.rows().removed()).isZero());
  }

  @Test
  void diffAndRescue_fiveThousandTables_takeTimeThatFollowsTheirNumber() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    List<String> tables = new ArrayList<>(List.of("PRAGMA synchronous = OFF", "BEGIN"));
    for (int i = 0; i < 5000; i++) {
      tables.add("CREATE TABLE t%d (id INTEGER PRIMARY KEY, v)".formatted(i));
    }
    tables.add("INSERT INTO t4999 VALUES (1, 2), (2, 3)");
    tables.add("COMMIT");
    Application.run(site.tasks(), tables);
    String snapshot = site.snapshot();

    assertTimeout(
        LONG,
        () -> {
          DiffResult diff = site.diff(snapshot, "live", true);
          assertThat(diff.databases().getFirst().tables())
              .hasSize(5000)
              .noneMatch(TableDiff::differs);
        });
    Application.run(site.tasks(), List.of("DELETE FROM t4999"));
    assertTimeout(
        LONG,
        () -> {
          RescueResult result = site.rescue().run(all(snapshot), Progress.silent());
          assertThat(result.status()).isEqualTo(Status.DONE);
          assertThat(Application.ask(site.tasks(), "SELECT sum(v) FROM t4999"))
              .containsExactly("5");
        });
  }
}
