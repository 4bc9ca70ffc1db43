package dev.workbuddy.backup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.GuardSettings;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the guard, one by one. */
class ComparisonTest {
  private static Comparison.Result compare(List<DatabaseState> past, String now) {
    return compare(States.USUAL, past, now);
  }

  private static Comparison.Result compare(
      GuardSettings settings, List<DatabaseState> past, String now) {
    return new Comparison(settings).compare("tasks", States.now(now), past, table -> Instant.MIN);
  }

  private static String words(Comparison.Result result) {
    return String.join(
        " ",
        result.findings().stream()
            .map(found -> found.kind().word() + (found.table() == null ? "" : ":" + found.table()))
            .sorted()
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // rows: more than 30 % of at least 20
        "notes=100 | notes=100 | -",
        "notes=100 | notes=200 | -",
        "notes=100 | notes=70 | -",
        "notes=100 | notes=69 | table-shrunk:notes",
        "notes=1000 | notes=200 | table-shrunk:notes",
        "notes=1000 | notes=0 | table-shrunk:notes",
        "notes=20 | notes=14 | -",
        "notes=20 | notes=13 | table-shrunk:notes",
        "notes=19 | notes=6 | -",
        "notes=19 | notes=0 | table-shrunk:notes",
        "notes=1 | notes=0 | table-shrunk:notes",
        "notes=0 | notes=0 | -",
        "notes=100 tags=50 | notes=10 tags=5 | table-shrunk:notes table-shrunk:tags",
        "notes=9223372036854775807 | notes=1 | table-shrunk:notes",
        "notes=9223372036854775807 | notes=9223372036854775807 | -",
        // tables that come and go
        "notes=100 | notes=100 new=0 | -",
        "notes=100 tags=1 | notes=100 | table-gone:tags",
        "notes=100 tags=0 | notes=100 | -",
        "Notes=100 | NOTES=100 | -",
        "Ä=60 ä=60 | Ä=30 ä=60 | table-shrunk:Ä",
        "notes=100 tags=5 | notes=100 tags_new=5 | table-gone:tags",
        // a migration drops a table, which is no accident; that it empties one may be
        "notes=100 tags=500 v=3 | notes=100 v=4 | -",
        "notes=100 tags=500 v=3 | notes=10 tags=500 v=4 | table-shrunk:notes",
        "notes=500 v=3 | entries=500 v=4 | -",
        // another database
        "notes=100 tags=5 | v=3 | database-replaced",
        "notes=100 tags=5 | people=10 cities=20 | database-replaced",
        "notes=100 tags=5 a=5 b=5 v=3 | notes=100 other=1 v=7 | database-replaced",
        "notes=100 tags=5 a=5 b=5 v=3 | notes=100 tags=5 v=4 | -",
        "notes=100 app=7 | notes=100 app=7 | -",
        "notes=100 app=7 | notes=100 app=8 | database-replaced",
        "notes=100 app=7 | notes=100 app=0 | database-replaced",
        "notes=100 app=0 | notes=100 app=7 | -",
        "notes=100 v=3 | notes=100 v=2 | database-replaced",
        "notes=0 tags=0 | v=3 | -",
        "_migration_history=4 notes=5 tags=5 | _migration_history=4 a=5 b=5 | database-replaced",
        // an older file of the same database
        "log=1000 seq=log:1000 | log=910 seq=log:910 | database-went-back",
        "log=1000 seq=log:1000 | log=1000 seq=log:1001 | -",
        "log=1000 seq=log:1000 | log=990 seq=log:1000 | -",
        "log=1000 seq=log:1000 | log=1000 | -",
        "log=5 seq=log:1000 | log=0 seq=log:0 | table-shrunk:log",
        // indexes of full-text search shrink when they are merged; texts do not
        "f_data=900 f_idx=90 f_config=1 f_docsize=80 f_content=80 | f_data=2 f_idx=1 f_config=1"
            + " f_docsize=1 f_content=80 | -",
        "f_data=900 f_idx=90 f_config=1 f_docsize=80 f_content=80 | f_data=2 f_idx=1 f_config=1"
            + " f_docsize=1 f_content=8 | table-shrunk:f_content",
        "f_data=9 f_idx=9 f_config=1 f_docsize=50 docs=f:50 | f_data=9 f_idx=9 f_config=1"
            + " f_docsize=6 docs=f:6 | table-shrunk:f",
        "notes=5 f_data=9 f_idx=9 f_config=1 f_docsize=50 docs=f:50 | notes=5 | table-gone:f",
        "m_data=900 m_idx=90 | m_data=9 m_idx=90 | table-shrunk:m_data",
        "r_node=90 r_parent=89 r_rowid=900 | r_node=2 r_parent=1 r_rowid=900 | -",
      })
  void compare_withTheSnapshotBefore_findsWhatIsLost(String before, String now, String found) {
    var result = compare(List.of(States.before(1, before)), now);

    assertThat(words(result)).isEqualTo(found == null ? "" : found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // bytes of an older snapshot
        "notes=90 sha=a | notes=100 sha=b | notes=90 sha=a | 1",
        "notes=90 sha=a | notes=90 sha=b | notes=90 sha=a | 0",
        "notes=90 sha=a | notes=100 sha=b | notes=90 sha=c | 0",
        "notes=90 sha=a | notes=90 sha=a | notes=90 sha=a | 0",
        // the newest rows of everything that had grown
        "a=90 top=a:90 b=90 top=b:90 | a=100 top=a:100 b=100 top=b:100"
            + " | a=90 top=a:90 b=90 top=b:90 | 1",
        "a=90 top=a:90 b=90 top=b:90 | a=100 top=a:100 b=100 top=b:100"
            + " | a=90 top=a:90 b=101 top=b:101 | 0",
        "a=90 top=a:90 b=90 top=b:90 | a=100 top=a:100 b=100 top=b:100"
            + " | a=90 top=a:90 b=100 top=b:100 | 0",
        "a=90 top=a:90 b=90 top=b:90 | a=95 top=a:95 b=95 top=b:95"
            + " | a=90 top=a:90 b=90 top=b:90 | 0",
        "a=90 top=a:90 b=90 top=b:90 | a=190 top=a:190 b=90 top=b:90"
            + " | a=160 top=a:160 b=90 top=b:90 | 0",
      })
  void compare_withAnOlderOne_findsWhatWentBack(
      String older, String before, String now, int found) {
    var result = compare(List.of(States.before(1, before), States.before(2, older)), now);

    assertThat(result.findings()).hasSize(found);
    assertThat(result.findings())
        .allMatch(finding -> finding.kind() == AlarmKind.DATABASE_WENT_BACK)
        .allMatch(finding -> finding.good().equals(States.before(1, before).snapshot()));
  }

  @ParameterizedTest
  @CsvSource({
    // newest first, now last: the rows of the good one
    "2250 3000, 1500, 3000",
    "2250 3000 2900, 1500, 3000",
    "2980 2990 3000, 100, 2980",
    "2990 1500 3000, 1000, 2990",
    "850 860 870 880 890 900 910 920 930 940 950 960 970 980 990 1000, 600, 850",
    "3000 3000 3000, 5, 3000",
  })
  void compare_lossesInSteps_namesTheNewestFromBeforeTheFirst(
      String before, String now, long good) {
    String[] rows = before.split(" ", -1);
    List<DatabaseState> past =
        IntStream.range(0, rows.length)
            .mapToObj(i -> States.before(i + 1, "notes=" + rows[i]))
            .toList();

    Finding found = compare(past, "notes=" + now).findings().getFirst();

    assertThat(found.before()).isEqualTo(good);
    assertThat(found.good())
        .isEqualTo(
            past.stream()
                .filter(state -> state.rows().getOrDefault("notes", 0L) == good)
                .findFirst()
                .orElseThrow()
                .snapshot());
  }

  @Test
  void compare_tableThatComesAndGoes_isNoLoss() {
    List<DatabaseState> past = List.of(States.before(1, "jobs=3"), States.before(2, "jobs=0"));

    assertThat(compare(past, "jobs=0").findings()).isEmpty();
  }

  @Test
  void compare_nothingBefore_findsNothing() {
    assertThat(compare(List.of(), "notes=0")).isEqualTo(Comparison.Result.NOTHING);
  }

  @Test
  void compare_slowErosion_isNoticedAndTheBestOfTheWeekIsTheGoodOne() {
    List<DatabaseState> past =
        IntStream.rangeClosed(1, 100)
            .mapToObj(hours -> States.before(hours, "notes=" + (700 + 3 * hours)))
            .toList();

    var found = compare(past, "notes=699").findings();

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().kind()).isEqualTo(AlarmKind.TABLE_ERODED);
    assertThat(found.getFirst().before()).isEqualTo(1000);
    assertThat(found.getFirst().good()).isEqualTo(past.getLast().snapshot());
    assertThat(compare(past, "notes=700").findings()).isEmpty();
  }

  @Test
  void compare_moreThanAWeekAgo_isHistory() {
    List<DatabaseState> past =
        List.of(States.before(1, "notes=100"), States.before(7 * 24 + 1, "notes=1000"));

    assertThat(compare(past, "notes=99").findings()).isEmpty();
    assertThat(compare(List.of(States.before(7 * 24 + 1, "notes=1000")), "notes=99").findings())
        .as("the snapshot before counts at any age")
        .hasSize(1);
  }

  @Test
  void compare_lostAtOnce_theNewestSnapshotIsTheGoodOne() {
    List<DatabaseState> past =
        List.of(States.before(1, "notes=1000"), States.before(2, "notes=1010"));

    Finding found = compare(past, "notes=200").findings().getFirst();

    assertThat(found.good()).isEqualTo(past.getFirst().snapshot());
    assertThat(found.before()).isEqualTo(1000);
    assertThat(found.peak()).isEqualTo(1010);
  }

  @Test
  void compare_pastOfATableBegunAnew_doesNotCount() {
    List<DatabaseState> past =
        List.of(States.before(1, "notes=100 tags=100"), States.before(2, "notes=900 tags=900"));
    Instant since = past.getFirst().at();

    var result =
        new Comparison(States.USUAL)
            .compare(
                "tasks",
                States.now("notes=100 tags=100"),
                past,
                table -> table.equals("notes") ? since : Instant.MIN);

    assertThat(words(result)).isEqualTo("table-eroded:tags");
  }

  @Test
  void compare_droppedByAMigration_isToldAsANote() {
    var result = compare(List.of(States.before(1, "notes=100 tags=500 v=3")), "notes=100 v=4");

    assertThat(result.notes()).hasSize(1);
    assertThat(result.notes().getFirst())
        .startsWith("tasks.tags is gone, with its 500 rows")
        .endsWith("it was migrated from schema version 3 to 4");
  }

  @Test
  void compare_renamedWithoutAMigration_namesTheNewTable() {
    var found = compare(List.of(States.before(1, "notes=9 tags=50")), "notes=9 marks=50");

    assertThat(found.findings().getFirst().remark())
        .isEqualTo("the table marks is new: perhaps it was renamed");
  }

  static Stream<GuardSettings> exceptions() {
    return Stream.of(
        new GuardSettings(true, new GuardSettings.Limits(100, 0), List.of()),
        new GuardSettings(
            true,
            new GuardSettings.Limits(0, 0),
            List.of(new GuardSettings.TableRule("tasks", "q*", new GuardSettings.Limits(100, 0)))));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void compare_tableThatMayLoseEverything_findsNothing(GuardSettings settings) {
    List<DatabaseState> past = List.of(States.before(1, "notes=10 queue=1000 q2=1000"));

    assertThat(compare(settings, past, "notes=10 queue=0").findings()).isEmpty();
  }

  @Test
  void compare_limitOfZero_findsEveryLostRow() {
    GuardSettings strict = new GuardSettings(true, new GuardSettings.Limits(0, 0), List.of());

    assertThat(words(compare(strict, List.of(States.before(1, "a=1 b=1")), "a=1 b=0")))
        .isEqualTo("table-shrunk:b");
  }
}
