package dev.workbuddy.backup.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.pages.ChangedRanges.Range;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedRangesTest {
  private static final String NUMBERS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) ";

  @TempDir private Path root;

  static LongStream seeds() {
    return Seeds.of(25);
  }

  private Path large(int pageSize, int autoVacuum) throws Exception {
    return Databases.run(
        root.resolve("before.db"),
        "PRAGMA page_size = " + pageSize,
        "PRAGMA auto_vacuum = " + autoVacuum,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b BLOB)",
        "INSERT INTO t "
            + NUMBERS.formatted(4000)
            + "SELECT i * 10, 'row ' || i, CASE WHEN i % 9 = 0 THEN zeroblob(i) ELSE i END FROM n");
  }

  private static ChangedRanges between(Path before, Path after) throws Exception {
    String root = "SELECT rootpage FROM sqlite_schema WHERE name = 't'";
    try (PagePair pages = PagePair.of(before, after)) {
      return ChangedRanges.between(
          pages,
          Integer.parseInt(Databases.askOne(before, root)),
          Integer.parseInt(Databases.askOne(after, root)));
    }
  }

  private static boolean covers(ChangedRanges changed, long number) {
    return changed.ranges().stream().anyMatch(r -> r.low() <= number && number <= r.high());
  }

  @Test
  void between_largeValueBesideAChangedRow_isLeftAsideUnlessItChanged() throws Exception {
    Path before =
        Databases.run(
            root.resolve("before.db"),
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
            "INSERT INTO t VALUES (1, randomblob(3000000)), (2, 'x'), (3, randomblob(3000000))");
    Path after = copy(before);
    Databases.run(after, "UPDATE t SET a = 'y' WHERE id = 2");

    assertThat(between(before, after).ranges()).containsExactly(new Range(2, 2));

    Databases.run(after, "UPDATE t SET a = randomblob(3000000) WHERE id = 3");
    assertThat(between(before, after).ranges()).containsExactly(new Range(2, 3));
  }

  private Path copy(Path before) throws Exception {
    return Files.copy(before, root.resolve("after.db"));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void between_fewRowsChanged_isNarrow(int pageSize) throws Exception {
    Path before = large(pageSize, 0);
    Path after = copy(before);
    Databases.run(
        after,
        "UPDATE t SET a = 'other' WHERE id = 5000",
        "DELETE FROM t WHERE id = 20000",
        "INSERT INTO t VALUES (30005, 'new', NULL)");

    ChangedRanges changed = between(before, after);

    // Rows that go on in other pages are not told apart within theirs.
    assertThat(changed.ranges()).hasSizeBetween(3, pageSize == 512 ? 20 : 3);
    assertThat(LongStream.of(5000, 20000, 30005)).allMatch(number -> covers(changed, number));
    assertThat(LongStream.of(10, 30010, 39990)).noneMatch(number -> covers(changed, number));
  }

  @Test
  void between_nothingChanged_isEmpty() throws Exception {
    Path before = large(1024, 0);
    Path after = copy(before);
    Databases.run(after, "CREATE TABLE other (a)", "INSERT INTO other VALUES (zeroblob(100000))");

    assertThat(between(before, after).none()).isTrue();
  }

  @Test
  void between_onlyAnOverflowPageDiffers_coversItsRow() throws Exception {
    Path before =
        Databases.run(
            root.resolve("before.db"),
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
            "INSERT INTO t " + NUMBERS.formatted(100) + "SELECT i, zeroblob(50000) FROM n");
    Path after = copy(before);
    Databases.run(
        after, "UPDATE t SET a = zeroblob(30000) || x'07' || zeroblob(19999) WHERE id = 50");

    ChangedRanges changed = between(before, after);

    assertThat(covers(changed, 50)).isTrue();
    assertThat(covers(changed, 1)).isFalse();
    assertThat(covers(changed, 100)).isFalse();
  }

  @Test
  void between_tableWithoutRowid_isNarrowByTheFirstColumnOfItsKey() throws Exception {
    Path before =
        Databases.run(
            root.resolve("before.db"),
            "CREATE TABLE t (tag TEXT, id INTEGER, PRIMARY KEY (id, tag)) WITHOUT ROWID",
            "INSERT INTO t " + NUMBERS.formatted(30000) + "SELECT 'tag', i - 70 FROM n");
    Path after = copy(before);
    Databases.run(
        after,
        "DELETE FROM t WHERE id IN (-5, 0, 1)",
        "INSERT INTO t VALUES ('other', 20000)",
        "UPDATE t SET tag = 'x' WHERE id = 29000");

    ChangedRanges changed = between(before, after);

    assertThat(LongStream.of(-5, 0, 1, 20000, 29000)).allMatch(number -> covers(changed, number));
    assertThat(LongStream.of(10000, 25000)).noneMatch(number -> covers(changed, number));
  }

  @Test
  void between_keyThatIsNoNumber_isEverythingOrNothing() throws Exception {
    Path before =
        Databases.run(
            root.resolve("before.db"),
            "CREATE TABLE t (k TEXT PRIMARY KEY) WITHOUT ROWID",
            "INSERT INTO t " + NUMBERS.formatted(3000) + "SELECT 'key ' || i FROM n");
    Path after = copy(before);

    assertThat(between(before, after).none()).isTrue();
    Databases.run(after, "DELETE FROM t WHERE k = 'key 7'");
    assertThat(between(before, after)).isEqualTo(ChangedRanges.EVERYTHING);
  }

  /** The SQL that looks at every row says which numbers those are. */
  @ParameterizedTest
  @MethodSource("seeds")
  void between_randomChanges_coversEveryRowThatDiffers(long seed) throws Exception {
    Random random = new Random(seed);
    Path before = large(512 << random.nextInt(5), random.nextInt(3));
    Path after = copy(before);
    List<String> changes = new ArrayList<>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      changes.add(change(random));
    }
    Databases.run(after, changes);

    ChangedRanges changed = between(before, after);

    String every = "SELECT id || ' ' || a || ' ' || coalesce(hex(b), '-') FROM t";
    TreeSet<String> differing = new TreeSet<>(Databases.ask(before, every));
    TreeSet<String> now = new TreeSet<>(Databases.ask(after, every));
    TreeSet<String> both = new TreeSet<>(differing);
    both.retainAll(now);
    differing.addAll(now);
    differing.removeAll(both);
    assertThat(differing)
        .allMatch(row -> covers(changed, Long.parseLong(row.substring(0, row.indexOf(' ')))));
    assertThat(changed.ranges()).isSortedAccordingTo((x, y) -> Long.compare(x.low(), y.low()));
    for (int i = 1; i < changed.ranges().size(); i++) {
      Range previous = changed.ranges().get(i - 1);
      assertThat(previous.high()).isLessThan(changed.ranges().get(i).low());
    }
  }

  private static String change(Random random) {
    int id = 10 * random.nextInt(4000);
    return switch (random.nextInt(6)) {
      case 0 -> "UPDATE t SET b = randomblob(%d) WHERE id = %d".formatted(random.nextInt(9000), id);
      case 1 -> "UPDATE t SET a = a || '!' WHERE id BETWEEN %d AND %d + 90".formatted(id, id);
      case 2 -> "DELETE FROM t WHERE id BETWEEN %d AND %d".formatted(id, id + random.nextInt(9000));
      case 3 -> "INSERT OR IGNORE INTO t VALUES (%d, 'new', NULL)".formatted(id + 5);
      case 4 -> "INSERT OR REPLACE INTO t VALUES (9223372036854775807, 'last', %d)".formatted(id);
      default -> random.nextInt(5) == 0 ? "VACUUM" : "INSERT OR IGNORE INTO t VALUES (-7, 'a', 1)";
    };
  }

  @Test
  void between_treeThatLeadsIntoItself_isEverything() throws Exception {
    Path before = large(4096, 0);
    Path after = copy(before);
    int page = Integer.parseInt(Databases.askOne(before, "SELECT rootpage FROM sqlite_schema"));
    byte[] bytes = Files.readAllBytes(after);
    ByteBuffer.wrap(bytes).putInt((page - 1) * 4096 + 8, page);
    Files.write(after, bytes);

    try (PagePair pages = PagePair.of(before, after)) {
      assertThat(ChangedRanges.between(pages, page, page)).isEqualTo(ChangedRanges.EVERYTHING);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void between_damagedFile_endsInAnAnswer(long seed) throws Exception {
    Random random = new Random(seed);
    Path before = large(1024, 0);
    Path after = copy(before);
    int page = Integer.parseInt(Databases.askOne(before, "SELECT rootpage FROM sqlite_schema"));
    byte[] bytes = Files.readAllBytes(after);
    for (int i = 0; i < 200; i++) {
      bytes[1024 + random.nextInt(bytes.length - 1024)] = (byte) random.nextInt();
    }
    for (int i = 0; i < 5; i++) {
      bytes[(page - 1) * 1024 + random.nextInt(100)] = (byte) random.nextInt();
    }
    Files.write(after, bytes);

    try (PagePair pages = PagePair.of(before, after)) {
      assertThat(ChangedRanges.between(pages, page, page).none()).isFalse();
      assertThat(ChangedRanges.between(pages, 0, Integer.MAX_VALUE))
          .isEqualTo(ChangedRanges.EVERYTHING);
    }
  }

  @Test
  void of_otherPageSizeOrNoDatabase_isRefused() throws Exception {
    Path before = large(1024, 0);
    Path other =
        Databases.run(root.resolve("o.db"), "PRAGMA page_size = 2048", "CREATE TABLE t (a)");
    Path none = Files.write(root.resolve("none.db"), new byte[5000]);

    assertThatThrownBy(() -> PagePair.of(before, other))
        .isInstanceOf(UnexpectedPageException.class);
    assertThatThrownBy(() -> PagePair.of(none, before)).isInstanceOf(UnexpectedPageException.class);
  }
}
