package dev.workbuddy.backup.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.diff.DiffResult.TableDiff;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RescueResult.LeftOut;
import dev.workbuddy.backup.rescue.RescueResult.TableRescue;
import dev.workbuddy.backup.restore.RestoreRequest;
import dev.workbuddy.backup.sqlite.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a schema has: it is saved, verified, restored, compared; and after an accident every row
 * is back, or the table is named and the rescue is not called done.
 */
class SchemaFeaturesTest {
  @TempDir private Path root;

  static Stream<SchemaFeature> features() {
    return SchemaFeatures.all();
  }

  @ParameterizedTest
  @MethodSource("features")
  void feature_throughEverything_isRightOrNamed(SchemaFeature feature) throws Exception {
    RecoverySite site = RecoverySite.in(root);
    Application.run(site.tasks(), feature.setup());
    Map<String, Map<String, Long>> whole = Application.contents(site.tasks());
    List<String> schema = schema(site);
    String snapshot = site.snapshot();
    assertRestorable(site, snapshot, whole);
    assertThat(site.diff(snapshot, "live", true).databases().getFirst().tables())
        .noneMatch(TableDiff::differs);

    Application.run(site.tasks(), feature.loss());
    Map<String, Map<String, Long>> damaged = Application.contents(site.tasks());
    List<String> expected = feature.recreate() ? schema : schema(site);
    assertDiffTells(feature, site.diff(snapshot, "live", true), whole, damaged);
    RescueOptions options = new RescueOptions(false, false, false, feature.recreate(), false, 0);
    RescueResult plan = site.rescue().plan(Rescuing.with(snapshot, options), Progress.silent());
    assertThat(Application.contents(site.tasks())).as("a plan changes nothing").isEqualTo(damaged);
    RescueResult result = site.rescue().run(Rescuing.with(snapshot, options), Progress.silent());

    Set<String> named = named(result);
    assertThat(named).as("%s", result).containsAll(feature.left());
    assertThat(result.status())
        .as("%s", result)
        .isEqualTo(feature.left().isEmpty() ? Status.DONE : Status.INCOMPLETE);
    assertThat(missing(plan)).isEqualTo(missing(result));
    Map<String, Map<String, Long>> rescued = Application.contents(site.tasks());
    whole.forEach(
        (table, rows) -> {
          if (!feature.left().contains(table) && !feature.derived().contains(table)) {
            assertThat(lacking(rows, rescued.get(table))).as(table).isEmpty();
          }
        });
    assertThat(schema(site)).isEqualTo(expected);
    Application.run(site.tasks(), feature.checks());
    assertThat(Application.ask(site.tasks(), "PRAGMA integrity_check"))
        .filteredOn(line -> !line.contains("no such module"))
        .containsExactly("ok");
    assertThat(missing(site.rescue().plan(Rescuing.with(snapshot, options), Progress.silent())))
        .as("a second rescue has nothing to do")
        .allSatisfy((_, rows) -> assertThat(rows).isZero());
  }

  @Test
  void features_areAtLeastForty_andEachHasItsName() {
    List<String> names = features().map(SchemaFeature::name).toList();
    assertThat(names).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }

  private void assertRestorable(
      RecoverySite site, String snapshot, Map<String, Map<String, Long>> whole) throws Exception {
    assertThat(site.verifier().one(snapshot, Progress.silent()).status())
        .isNotEqualTo(Status.DAMAGED);
    Path elsewhere = root.resolve("elsewhere");
    site.restorer()
        .run(new RestoreRequest(snapshot, false, Set.of(), elsewhere), Progress.silent());
    assertThat(Application.contents(elsewhere.resolve("tasks.db"))).isEqualTo(whole);
  }

  /** A table of which rows went is told to differ, or not to have been compared. */
  private static void assertDiffTells(
      SchemaFeature feature,
      DiffResult diff,
      Map<String, Map<String, Long>> whole,
      Map<String, Map<String, Long>> damaged) {
    Map<String, TableDiff> told = new TreeMap<>(Sql.BY_NAME);
    diff.databases().getFirst().tables().forEach(table -> told.put(table.table(), table));
    whole.forEach(
        (table, rows) -> {
          Map<String, Long> lacking = lacking(rows, damaged.get(table));
          TableDiff tells = told.get(table);
          boolean warned = diff.warnings().stream().anyMatch(text -> text.contains(table));
          if (!lacking.isEmpty() && !warned && !feature.derived().contains(table)) {
            assertThat(tells).as("%s in %s", table, diff).isNotNull();
            long removed = lacking.values().stream().mapToLong(Long::longValue).sum();
            if (tells.rows() != null) {
              assertThat(tells.rows().removed() + tells.rows().changed()).isEqualTo(removed);
            } else {
              assertThat(tells.differs()).isTrue();
            }
          }
        });
  }

  /** What of the first is not in the second, row by row. */
  private static Map<String, Long> lacking(
      Map<String, Long> rows, @Nullable Map<String, Long> there) {
    Map<String, Long> lacking = new TreeMap<>();
    rows.forEach(
        (row, count) -> {
          long fewer = count - (there == null ? 0 : there.getOrDefault(row, 0L));
          if (fewer > 0) {
            lacking.put(row, fewer);
          }
        });
    return lacking;
  }

  private static Set<String> named(RescueResult result) {
    Set<String> named = new TreeSet<>();
    result
        .databases()
        .forEach(
            database -> {
              database.leftOut().stream().map(LeftOut::table).forEach(named::add);
              database.tables().stream()
                  .filter(table -> table.restored() < table.missing())
                  .map(TableRescue::table)
                  .forEach(named::add);
            });
    return named;
  }

  private static Map<String, Long> missing(RescueResult result) {
    Map<String, Long> missing = new TreeMap<>();
    result
        .databases()
        .forEach(
            database ->
                database
                    .tables()
                    .forEach(
                        table -> missing.put(table.table(), table.missing() - table.doubtful())));
    return missing;
  }

  private static List<String> schema(RecoverySite site) throws Exception {
    return Application.ask(
        site.tasks(),
        "SELECT type || name || hex(coalesce(sql, '')) FROM sqlite_schema WHERE name NOT LIKE"
            + " 'sqlite_stat%' ORDER BY 1");
  }
}
