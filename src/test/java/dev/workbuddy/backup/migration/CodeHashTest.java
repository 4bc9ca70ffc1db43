package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits that change nothing have no effect on the hash; all others do. */
class CodeHashTest {
  private static CodeHash hash(String sql) {
    return Step.sql(1, "test", sql).hash().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE a (b DEFAULT 'x  y'); INSERT INTO a VALUES (1.5)",
        "  CREATE\tTABLE\r\n a(b DEFAULT'x  y')  ;;\n INSERT INTO a VALUES(1.5);\n\n",
        "-- why\nCREATE TABLE a /* c */ (b DEFAULT 'x  y'); --\nINSERT INTO a VALUES (1.5) /*",
        "\uFEFFCREATE TABLE a (b DEFAULT 'x  y');\nINSERT INTO a VALUES (1.5);",
      })
  void hash_commentsAndWhiteSpace_doNotCount(String sql) {
    assertThat(hash(sql))
        .isEqualTo(hash("CREATE TABLE a (b DEFAULT 'x  y');INSERT INTO a VALUES (1.5);"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 'a b'          | SELECT 'a  b'",
        "SELECT 'a --b'        | SELECT 'a'",
        "SELECT 'a /*b*/ c'    | SELECT 'a  c'",
        "SELECT \"a b\" FROM t | SELECT \"a  b\" FROM t",
        "SELECT [a b] FROM t   | SELECT [a  b] FROM t",
        "SELECT `a b` FROM t   | SELECT `a  b` FROM t",
        "SELECT x'00'          | SELECT x '00'",
        "SELECT 1 e5           | SELECT 1e5",
        "SELECT 1.5            | SELECT 1 .5",
        "SELECT 1 - -1         | SELECT 1 --1",
        "SELECT ab             | SELECT a b",
        "SELECT 1; SELECT 2    | SELECT 2; SELECT 1",
        "SELECT 1; SELECT 2    | SELECT 1, SELECT 2",
        "SELECT 1 <= 2         | SELECT 1 < = 2",
        "SELECT 'a'            | SELECT 'A'",
        "SELECT a              | SELECT A",
        "SELECT a              | SELECT \"a\"",
      })
  void hash_whatMayChangeBehaviour_counts(String before, String after) {
    assertThat(hash(before)).isNotEqualTo(hash(after));
  }

  @Test
  void hash_ofAKnownScript_staysForEver() {
    assertThat(hash("CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT NOT NULL);"))
        .isEqualTo(
            new CodeHash(
                "wb-backup-sql-1",
                "81a17ae8b75612e93ed92734427f95cf8cfd96529a15eed10d0e75cafa9037f0"));
  }
}
