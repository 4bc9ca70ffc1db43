package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Databases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of damaged files, of every kind of damage as many as can be read. */
class TableByTableTest {
  private static final int PAGE = 4096;
  private static final long ROWS = 5000;
  private static final int ROWS_OF_A_PAGE = 400;

  @TempDir private Path scratch;

  /**
   * A way of damaging a table.
   *
   * @param least how many rows can be read all the same
   */
  record Damage(String name, String encoding, UnaryOperator<byte[]> damage, long least) {
    @Override
    public String toString() {
      return name + ", " + encoding;
    }
  }

  static Stream<Damage> damages() {
    return Stream.of("UTF-8", "UTF-16le", "UTF-16be")
        .flatMap(
            encoding ->
                Stream.of(
                    new Damage("nothing", encoding, file -> file, ROWS),
                    new Damage(
                        "a leaf in the middle", encoding, file -> garbage(file, 0.5), most(1)),
                    new Damage("the last leaf", encoding, file -> garbage(file, 1), most(1)),
                    new Damage("the first leaf", encoding, file -> garbage(file, 0), most(1)),
                    new Damage("two leaves swapped", encoding, TableByTableTest::swapped, ROWS),
                    new Damage("cut at 70 %", encoding, TableByTableTest::cut, ROWS / 2)));
  }

  private static long most(int pages) {
    return ROWS - (long) pages * ROWS_OF_A_PAGE;
  }

  /** The pages that hold nothing but rows of the table, in the order of the file. */
  private static List<Integer> leaves(byte[] file) {
    return Stream.iterate(1, page -> (page + 1) * PAGE <= file.length, page -> page + 1)
        .filter(page -> file[page * PAGE] == 0x0d)
        .toList();
  }

  private static byte[] garbage(byte[] file, double where) {
    List<Integer> leaves = leaves(file);
    int page = leaves.get((int) (where * (leaves.size() - 1)));
    Arrays.fill(file, page * PAGE, page * PAGE + 512, (byte) 0x5a);
    return file;
  }

  private static byte[] swapped(byte[] file) {
    List<Integer> leaves = leaves(file);
    int one = leaves.get(3) * PAGE;
    int other = leaves.get(leaves.size() - 3) * PAGE;
    byte[] kept = Arrays.copyOfRange(file, one, one + PAGE);
    System.arraycopy(file, other, file, one, PAGE);
    ByteBuffer.wrap(file, other, PAGE).put(kept);
    return file;
  }

  /** In the middle of a page, whose missing rest reads as a row of nothing. */
  private static byte[] cut(byte[] file) {
    return Arrays.copyOf(file, file.length / PAGE * 7 / 10 * PAGE + 100);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void run_damagedTable_readsWhatCanBeReadAndSaysWhetherThatIsAll(Damage damage) throws Exception {
    Path file = scratch.resolve("live.db");
    Databases.run(
        file,
        "PRAGMA encoding = '" + damage.encoding() + "'",
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)",
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        INSERT INTO note SELECT i, 'ä' || i FROM n
        """
            .formatted(ROWS));
    Files.write(file, damage.damage().apply(Files.readAllBytes(file)));

    TableByTable.Read read = read(file);

    long rows = read.rows().getOrDefault("note", 0L);
    assertThat(rows).as("%s", read).isBetween(damage.least(), ROWS);
    assertThat(read.left().isEmpty()).isEqualTo(rows == ROWS);
    assertThat(
            Databases.ask(
                scratch.resolve("recovered.db"),
                "SELECT text FROM note WHERE text NOT NULL LIMIT 1"))
        .allSatisfy(text -> assertThat(text).startsWith("ä"));
  }

  private TableByTable.Read read(Path live) throws IOException, UnusableDatabaseException {
    Path copy = scratch.resolve("copy.db");
    LiveDatabase.copyDamaged(live, copy, Duration.ofSeconds(5));
    return new TableByTable(Duration.ofMinutes(1)).run(copy, scratch.resolve("recovered.db"));
  }
}
