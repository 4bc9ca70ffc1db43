package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Flagged;
import dev.workbuddy.backup.testing.Flagged.Says;
import dev.workbuddy.backup.testing.Listing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SQLite objects to is told in its words, and costs no row. */
@Timeout(60)
class SoundnessTest {
  @TempDir Path scratch;

  static Stream<Flagged> flagged() {
    return Flagged.all();
  }

  @ParameterizedTest
  @MethodSource("flagged")
  void inspect_everyRowCanBeRead_isUsableAndSaysWhatSqliteSays(Flagged database) throws Exception {
    Path file = database.make(scratch.resolve("a.db"));
    byte[] before = Files.readAllBytes(file);

    Inspection quick = new Inspector().inspect(file, Inspector.Depth.QUICK);
    Inspection full = new Inspector().inspect(file, Inspector.Depth.FULL);

    assertSays(database.quick(), quick);
    assertSays(database.full(), full);
    assertThat(full.rowCounts()).isEqualTo(quick.rowCounts()).containsEntry("plain", 3L);
    assertThat(file).hasBinaryContent(before);
    assertThat(Listing.of(scratch)).containsExactly("a.db");
  }

  private static void assertSays(Says says, Inspection found) {
    assertThat(found.damage()).isEmpty();
    switch (says) {
      case Says.Nothing() -> {
        assertThat(found.objections()).isEmpty();
        assertThat(found.unchecked()).isEmpty();
        assertThat(found.soundness()).isEqualTo(Soundness.SOUND);
      }
      case Says.Objects(String object, String words) -> {
        assertThat(found.soundness()).isEqualTo(Soundness.FLAGGED);
        assertThat(found.objections())
            .anySatisfy(
                one -> {
                  assertThat(one.object()).isEqualTo(object);
                  assertThat(one.words()).contains(words);
                });
      }
      case Says.CannotCheck(String object, String words) -> {
        assertThat(found.objections()).isEmpty();
        assertThat(found.unchecked()).contains(new Unchecked(object, words));
      }
    }
  }

  /**
   * A database that is damaged where its rows are.
   *
   * @param sql how to make it, beside a table with 2,000 rows of text
   * @param damage what happens to the closed file
   */
  record Damaged(String what, List<String> sql, Change damage) {
    interface Change {
      void to(Path file) throws Exception;
    }

    @Override
    public String toString() {
      return what;
    }
  }

  private static final String UNKNOWN_TOKENIZER =
      "UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE nf USING fts4(b, tokenize=mozporter)'"
          + " WHERE name = 'nf'";

  static Stream<Damaged> damaged() {
    return Stream.of(
        new Damaged(
            "a b-tree beside an index in the application's collation",
            List.of(
                "CREATE INDEX own ON rows (text)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE INDEX own ON rows (text COLLATE own)'"
                    + " WHERE name = 'own'"),
            file -> swapCells(file, "rows")),
        new Damaged(
            "a table without rowid in the application's collation",
            List.of(
                "CREATE TABLE odd (k TEXT PRIMARY KEY, v) WITHOUT ROWID",
                "INSERT INTO odd SELECT text, id FROM rows",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql ="
                    + " 'CREATE TABLE odd (k TEXT COLLATE own PRIMARY KEY, v) WITHOUT ROWID'"
                    + " WHERE name = 'odd'"),
            file -> scribble(file, "odd", 8)),
        new Damaged(
            "a b-tree that an index disagrees with as well",
            List.of("CREATE INDEX i ON rows (text)"),
            file -> swapCells(file, "rows")),
        new Damaged(
            "a b-tree beside a full-text index that cannot be opened",
            List.of(
                "CREATE VIRTUAL TABLE nf USING fts4(b)",
                "PRAGMA writable_schema = ON",
                UNKNOWN_TOKENIZER),
            file -> swapCells(file, "rows")),
        new Damaged(
            "two tables with the same pages, beside a full-text index that cannot be opened",
            List.of(
                "CREATE TABLE twin (id INTEGER PRIMARY KEY, text)",
                "CREATE VIRTUAL TABLE nf USING fts4(b)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET rootpage ="
                    + " (SELECT rootpage FROM sqlite_schema WHERE name = 'rows')"
                    + " WHERE name = 'twin'",
                UNKNOWN_TOKENIZER),
            _ -> {}),
        new Damaged(
            "a row whose record is broken",
            List.of("CREATE TABLE t (s)", "INSERT INTO t VALUES ('MARKMARK')"),
            file -> breakRecord(file, "t", 2)),
        new Damaged(
            "a broken record behind many rows that break NOT NULL",
            List.of(
                "CREATE TABLE t (s)",
                "INSERT INTO t SELECT NULL FROM rows LIMIT 250",
                "INSERT INTO t VALUES ('MARKMARK')",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (s NOT NULL)' WHERE name = 't'"),
            file -> breakRecord(file, "t", 2)),
        new Damaged(
            "the same beside a full-text index that cannot be opened",
            List.of(
                "CREATE TABLE t (s)",
                "INSERT INTO t SELECT NULL FROM rows LIMIT 250",
                "INSERT INTO t VALUES ('MARKMARK')",
                "CREATE VIRTUAL TABLE nf USING fts4(b)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (s NOT NULL)' WHERE name = 't'",
                UNKNOWN_TOKENIZER),
            file -> breakRecord(file, "t", 2)));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void inspect_rowsCannotBeReadForCertain_isUnusableAtEitherDepth(Damaged database)
      throws Exception {
    Path file = made(database.sql());
    database.damage().to(file);
    for (Inspector.Depth depth : Inspector.Depth.values()) {
      Inspection found = new Inspector().inspect(file, depth);
      assertThat(found.soundness()).as("%s", depth).isEqualTo(Soundness.UNUSABLE);
      assertThat(found.rowCounts()).isEmpty();
    }
  }

  /** The full check stumbles over it; the rows are all there. */
  @Test
  void inspect_entryOfAnIndexIsBroken_isFlaggedByTheFullCheckAndDamageForNeither()
      throws Exception {
    Path file =
        made(
            List.of(
                "CREATE TABLE t (s)",
                "CREATE INDEX i ON t (s)",
                "INSERT INTO t VALUES ('aaaa'), ('MARKMARK'), ('zzzz')"));
    breakRecord(file, "i", 3);

    assertThat(new Inspector().inspect(file, Inspector.Depth.QUICK).damage()).isEmpty();
    Inspection full = new Inspector().inspect(file, Inspector.Depth.FULL);

    assertThat(full.damage()).isEmpty();
    assertThat(full.soundness()).isEqualTo(Soundness.FLAGGED);
    assertThat(full.objections().getFirst().words()).contains("malformed");
    assertThat(full.rowCounts()).containsEntry("t", 3L);
  }

  private Path made(List<String> sql) throws Exception {
    List<String> all = new ArrayList<>();
    all.add("CREATE TABLE rows (id INTEGER PRIMARY KEY, text)");
    all.add(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
            + " INSERT INTO rows SELECT i, 'row number ' || i FROM n");
    all.addAll(sql);
    return Databases.run(scratch.resolve("a.db"), all);
  }

  /** Two cells of a table's first leaf, or of its root, are the same one now. */
  private static void swapCells(Path file, String table) throws Exception {
    byte[] content = Files.readAllBytes(file);
    int root = Math.toIntExact((root(file, table) - 1) * 4096);
    System.arraycopy(content, root + 12, content, root + 14, 2);
    Files.write(file, content);
  }

  private static void scribble(Path file, String table, int length) throws Exception {
    Databases.scribble(file, (root(file, table) - 1) * 4096 + 8, length);
  }

  /** The record before the mark in a table or an index says that its header is too long. */
  private static void breakRecord(Path file, String object, int headerBytes) throws Exception {
    byte[] content = Files.readAllBytes(file);
    int root = Math.toIntExact((root(file, object) - 1) * 4096);
    int mark = new String(content, StandardCharsets.ISO_8859_1).indexOf("MARKMARK", root);
    content[mark - headerBytes] = 0x7f;
    Files.write(file, content);
  }

  private static long root(Path file, String name) throws Exception {
    return Long.parseLong(
        Databases.askOne(file, "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'"));
  }
}
