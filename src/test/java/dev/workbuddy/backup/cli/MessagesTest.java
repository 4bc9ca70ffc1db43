package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.testing.Companion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed where something is wrong: for people, without the inside of any library. */
class MessagesTest {
  @TempDir private Path directory;
  private CommandLineFixture cli;

  @BeforeEach
  void start() {
    cli = new CommandLineFixture(directory);
  }

  private Path onlySnapshot() throws IOException {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("snap-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void unknownCommand_nearlyOne_isNamedWithASuggestionAndTheList() {
    var ran = cli.run("nwo");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualToNormalizingNewlines(
            """
            wb-backup: unknown command nwo
              Did you mean now? `wb-backup --help` lists all.
            """);
  }

  @Test
  void unknownCommand_belowAnother_isNamedWithThatOnesList() {
    assertThat(cli.run("migrate", "xyz").err())
        .contains("unknown command xyz", "`wb-backup migrate --help` lists all.");
    assertThat(cli.run("now", "--lable", "x").err()).contains("--lable");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"manifest_version\": 1,',   'it is not complete JSON', 'line 1'",
    "'{\"manifest_version\": 1, }', 'it is not JSON',          'line 1, column'",
    "'{\"manifest_version\": 1, \"host\": {}}', 'a value in it is none', 'line 1'",
  })
  void damagedManifest_isToldInFewWords(String text, String words, String place) throws Exception {
    cli.withDatabases().ok("now");
    Files.writeString(onlySnapshot().resolve("MANIFEST.json"), text);
    for (String command : new String[] {"show", "verify", "restore"}) {
      var ran = cli.run(command, onlySnapshot().getFileName().toString());
      assertThat(ran.exitCode()).as(command).isEqualTo(4);
      assertThat(ran.out() + ran.err())
          .as(command)
          .contains(words, place)
          .doesNotContain("Source", "Stream", "REDACTED", "jackson", "java.");
    }
  }

  @Test
  void query_errorInTheSql_isToldInSqlitesWords() throws Exception {
    cli.withDatabases().ok("now");
    var ran = cli.run("query", "latest", "projects", "SELECT * FORM notes");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("near \"FORM\": syntax error")
        .doesNotContain("SQLITE_ERROR", "missing database");
  }

  @Test
  void now_everythingLocked_isBusyAndSaysSo() throws Exception {
    cli.withDatabases();
    Files.writeString(
        directory.resolve("config.yaml"),
        "backups: { databases: { projects: { path: projects.db } } }");
    cli.sql("projects.db", "PRAGMA journal_mode = DELETE");
    String script =
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1], isolation_level=None)
        db.execute('BEGIN EXCLUSIVE')
        print('locked')
        sys.stdin.read()
        """;
    try (Companion holder = Companion.python(script, cli.live("projects.db")).await("locked")) {
      assertThat(holder.pid()).isPositive();
      var ran = cli.run("now");
      assertThat(ran.exitCode()).isEqualTo(6);
      assertThat(ran.err())
          .contains("projects (another process kept it locked", "SQLITE_BUSY", "then try again")
          .contains("pid " + holder.pid() + " (", "projects.db open")
          .doesNotContain("paths.data_root");
    }
  }

  @Test
  void from_relativeDirectory_saysWhatToWrite() {
    var ran = cli.run("restore", "latest", "--from", "directory:copies");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("'directory:copies' has no absolute path", "the whole path");
  }

  @Test
  void init_namesWithControlCharacters_arePrintedWithoutThem() throws Exception {
    Path data = Files.createDirectories(directory.resolve("data"));
    byte[] header = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    Files.write(data.resolve("a.db"), header);
    Files.write(data.resolve("b\u001b[31m\n.db"), header);
    assertThat(cli.ok("init", data.toString()).out())
        .contains("b\\u{1b}[31m\\u{a}.db")
        .doesNotContain("\u001b");
  }

  @Test
  void verify_manyObjectionsOfOneKind_areOneLineAndACount() throws Exception {
    cli.withDatabases();
    cli.sql(
        "projects.db",
        "CREATE INDEX by_text ON notes (text)",
        "WITH RECURSIVE n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
            + " INSERT INTO notes SELECT i, 'row ' || i FROM n",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX by_text ON notes (id || text)'"
            + " WHERE name = 'by_text'");
    cli.run("now");
    var ran = cli.run("verify");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .contains("flagged, and can be restored", "and 59 more like it. Every row can be read");
    assertThat(ran.out().lines().filter(line -> line.contains("by_text"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Broken pipe", "No space left on device"})
  void standardOutput_readerGoneOrDiskFull_isToldApart(String reason) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    StandardOutput output = new StandardOutput(broken);
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    out.println("a result");
    assertThat(out.checkError()).isTrue();
    assertThat(output.isUnwanted()).isEqualTo(reason.equals("Broken pipe"));
  }

  @Test
  void failure_ofAReadOnlyDisk_isToldWithoutJavasNames() {
    FileSystemException refused =
        new FileSystemException("/data/backups/lock", null, "Read-only file system");
    for (Exception error :
        List.of(refused, new UncheckedIOException(refused), new IOException(refused))) {
      assertThat(ErrorMapper.of(error).text())
          .isEqualTo("the disk can only be read: /data/backups/lock: Read-only file system");
    }
  }
}
