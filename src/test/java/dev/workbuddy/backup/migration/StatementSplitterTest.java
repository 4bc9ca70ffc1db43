package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.sqlite.SqlSyntaxException;
import dev.workbuddy.backup.testing.Seeds;
import dev.workbuddy.backup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {
  private static final String COMPLETE =
      """
      import sqlite3, sys
      for line in open(sys.argv[1]):
          script = bytes.fromhex(line).decode()
          print('true' if sqlite3.complete_statement(script) else 'false')
      """;

  @TempDir private Path scratch;

  private static List<String> split(String script) throws SqlSyntaxException {
    return StatementSplitter.split(script).stream().map(SqlStatement::text).toList();
  }

  @Test
  void split_plainScript_yieldsEachStatementAsWritten() throws Exception {
    assertThat(
            split("\uFEFFCREATE TABLE a (b);\r\n\r\n INSERT INTO a\n  VALUES (1) ; ; DROP TABLE a"))
        .containsExactly("CREATE TABLE a (b)", "INSERT INTO a\n  VALUES (1)", "DROP TABLE a");
  }

  @Test
  void split_nothingButCommentsAndSemicolons_yieldsNothing() throws Exception {
    assertThat(split("")).isEmpty();
    assertThat(split(" ;; -- a; b\n /* c; */ ; ")).isEmpty();
    assertThat(split("/* never closed; as SQLite has it")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b'",
        "SELECT 'it''s; fine'",
        "SELECT \"a;b\", \"c\"\"; d\"",
        "SELECT `a;``b`",
        "SELECT [a;b]",
        "SELECT [it's]",
        "SELECT 1 -- one; two 'three\n, 2",
        "SELECT 1 /* one; two 'three */, 2",
        "SELECT 1 /* a /* not nested; */, 2",
        "SELECT '-- no comment', '/*'",
        "SELECT x';'",
        "SELECT 1 - -1, 2--1;\n/2",
        "CREATE TABLE trigger_like (\"create\" TEXT, [trigger] TEXT)",
        "SELECT CASE WHEN 1 THEN 2 END",
        "CREATE VIEW v AS SELECT CASE 1 WHEN 2 THEN 3 END AS e",
      })
  void split_semicolonThatIsNoEnd_staysInside(String statement) throws Exception {
    assertThat(split(statement + ";\nSELECT 2;")).containsExactly(statement, "SELECT 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END",
        "create temp trigger t after insert on a begin select 1; end",
        "CREATE TEMPORARY /* ; */ TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; -- END;\n END",
        "CREATE TRIGGER t AFTER UPDATE OF b ON a WHEN CASE new.b WHEN 1 THEN 1 END BEGIN UPDATE a"
            + " SET b = CASE WHEN b > 1 THEN 2 ELSE 3 END; SELECT CASE 1 WHEN 1 THEN 2 END; END",
        "CREATE TRIGGER IF NOT EXISTS t AFTER DELETE ON a BEGIN INSERT INTO a VALUES ('END;'); END",
      })
  void split_trigger_isOneStatement(String trigger) throws Exception {
    assertThat(split(trigger + ";\nSELECT 2;")).containsExactly(trigger, "SELECT 2");
    assertThat(split(trigger)).containsExactly(trigger);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT 'a", "SELECT \"a", "SELECT `a", "SELECT [a", "SELECT x'00", "a\0"})
  void split_unclosedQuoteOrNul_isRefusedWithItsLine(String script) {
    assertThatThrownBy(() -> split("SELECT 1;\n" + script))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageStartingWith("line 2 ");
  }

  @Test
  void line_ofEachStatement_isWhereItBegins() throws Exception {
    var statements =
        StatementSplitter.split("-- head\n\nSELECT 'a\nb';SELECT 2;\n/* c\nd */SELECT 3");
    assertThat(statements).extracting(SqlStatement::line).containsExactly(3, 4, 6);
  }

  static LongStream seeds() {
    return Seeds.of(20);
  }

  /** Whatever stands in a script: putting the pieces together again gives the statements. */
  @ParameterizedTest
  @MethodSource("seeds")
  void split_randomStatements_findsThemAgain(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> pieces =
        List.of(
            "a",
            "'x;y'",
            "\"p\"\"q;\"",
            "`;`",
            "[;']",
            "/*;*/",
            "--;'\n",
            "1.5e-3",
            "x'00'",
            "END",
            "CASE",
            "BEGIN",
            "(",
            ")",
            "->>",
            "||",
            "?1",
            ":n",
            "é",
            "\n");
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      StringBuilder statement = new StringBuilder("SELECT 0");
      for (int j = random.nextInt(12); j > 0; j--) {
        statement.append(' ').append(pieces.get(random.nextInt(pieces.size())));
      }
      statements.add(statement.append(" z").toString());
    }
    assertThat(split(String.join(";", statements))).isEqualTo(statements);
  }

  /** Whether a script ends where a statement ends, as Python asks SQLite itself. */
  @ParameterizedTest
  @MethodSource("fewSeeds")
  void split_endOfStatements_isWhereSqliteSeesIt(long seed) throws Exception {
    Tools.require("python3");
    Random random = new Random(seed);
    List<String> pieces =
        List.of(
            "CREATE",
            "temp",
            "TEMPORARY",
            "Trigger",
            "END",
            "end",
            "BEGIN",
            "CASE",
            ";",
            ";",
            ";",
            "'a;b'",
            "\"x;\"",
            "[;]",
            "`;`",
            "/*;*/",
            "--;\n",
            "x",
            "'",
            "\"",
            "[",
            "/*",
            "x';'",
            "\n");
    List<String> scripts =
        Stream.generate(
                () ->
                    random
                        .ints(1 + random.nextInt(14), 0, pieces.size())
                        .mapToObj(pieces::get)
                        .collect(Collectors.joining(" ", "", ";")))
            .limit(2000)
            .toList();
    Path file =
        Files.write(
            scratch.resolve("scripts"), scripts.stream().map(StatementSplitterTest::hex).toList());

    List<String> sqlite =
        Tools.run(scratch, List.of("python3", "-c", COMPLETE, file.toString())).lines().toList();

    List<String> ours = scripts.stream().map(s -> String.valueOf(isComplete(s))).toList();
    assertThat(ours).isEqualTo(sqlite).contains("true", "false");
  }

  static LongStream fewSeeds() {
    return Seeds.of(2);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What follows a complete script begins a statement of its own. */
  private static boolean isComplete(String script) {
    try {
      return split(script).size() < split(script + "\nmore").size();
    } catch (SqlSyntaxException unclosed) {
      return false;
    }
  }
}
