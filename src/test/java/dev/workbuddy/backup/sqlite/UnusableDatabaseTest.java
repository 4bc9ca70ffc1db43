package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.sqlite.DatabaseProblem.Kind;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Mounted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be saved says why, in the word that the user's next action depends on. */
@Timeout(60)
class UnusableDatabaseTest {
  private static final Duration IMPATIENT = Duration.ofMillis(50);
  private static final String HOLDS_EXCLUSIVELY =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute('BEGIN EXCLUSIVE')
      print('held')
      sys.stdin.readline()
      db.execute('COMMIT')
      print('released')
      """;

  @TempDir Path directory;

  @Test
  void open_noSuchFile_isMissingAndStaysSo() throws Exception {
    assertThat(problem(directory.resolve("gone.db")).kind()).isEqualTo(Kind.MISSING);
    assertThat(problem(directory.resolve("no/such/directory.db")).kind()).isEqualTo(Kind.MISSING);
    assertThat(Listing.of(directory)).isEmpty();
  }

  @Test
  void open_danglingLink_isMissing() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("a.db"), directory.resolve("gone"));
    assertThat(problem(link).kind()).isEqualTo(Kind.MISSING);
  }

  @Test
  void open_directory_isNotAFile() throws Exception {
    Path file = Files.createDirectory(directory.resolve("a.db"));
    assertThat(problem(file).kind()).isEqualTo(Kind.NOT_A_FILE);
  }

  @Test
  void open_zeroBytes_isEmpty() throws Exception {
    Path file = Files.createFile(directory.resolve("a.db"));
    assertThat(problem(file).kind()).isEqualTo(Kind.EMPTY);
  }

  @Test
  void open_text_isNotADatabase() throws Exception {
    Path file = Files.writeString(directory.resolve("a.db"), "dear diary\n".repeat(1000));
    assertThat(problem(file).kind()).isEqualTo(Kind.NOT_A_DATABASE);
  }

  @Test
  void open_shortText_isNotADatabase() throws Exception {
    Path file = Files.writeString(directory.resolve("a.db"), "dear diary");
    assertThat(problem(file).kind()).isEqualTo(Kind.NOT_A_DATABASE);
  }

  @Test
  void open_randomBytesAsOfAnEncryptedDatabase_isNotADatabase() throws Exception {
    byte[] noise = new byte[16 * 4096];
    new Random(1).nextBytes(noise);
    Path file = Files.write(directory.resolve("a.db"), noise);
    DatabaseProblem problem = problem(file);
    assertThat(problem.kind()).isEqualTo(Kind.NOT_A_DATABASE);
    assertThat(problem.detail()).contains("encrypted");
  }

  @Test
  void open_headerOverwritten_isNotADatabase() throws Exception {
    Path file = sound();
    Databases.scribble(file, 0, 16);
    assertThat(problem(file).kind()).isEqualTo(Kind.NOT_A_DATABASE);
  }

  @Test
  void open_schemaPageOverwritten_isCorrupt() throws Exception {
    Path file = sound();
    Databases.scribble(file, 100, 8);
    assertThat(problem(file).kind()).isEqualTo(Kind.CORRUPT);
  }

  @Test
  void open_cutOffInTheFirstPage_isUnusable() throws Exception {
    Path file = sound();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 600));
    assertThat(problem(file).kind()).isIn(Kind.CORRUPT, Kind.NOT_A_DATABASE);
  }

  @Test
  void inspect_pageOverwritten_findsTheDamageInTheCopy() throws Exception {
    Path file = sound();
    Databases.scribble(file, 3 * 4096, 64);
    Path copy = directory.resolve("copy.db");
    Copies.copy(file, copy);
    assertThat(looksDamaged(copy, Inspector.Depth.QUICK)).isTrue();
    assertThat(looksDamaged(copy, Inspector.Depth.FULL)).isTrue();
  }

  @Test
  void inspect_indexesWithEachOthersEntries_areFlaggedByTheFullCheckOnly() throws Exception {
    Path file =
        Databases.run(
            directory.resolve("a.db"),
            "CREATE TABLE t (a)",
            "CREATE TABLE u (a)",
            "CREATE INDEX i ON t (a)",
            "CREATE INDEX j ON u (a)",
            "INSERT INTO t VALUES (1), (2), (3)",
            "INSERT INTO u VALUES (7), (8), (9)",
            "PRAGMA writable_schema = ON",
            """
            UPDATE sqlite_schema SET rootpage =
              (SELECT sum(rootpage) FROM sqlite_schema WHERE type = 'index') - rootpage
            WHERE type = 'index'
            """);
    assertThat(soundness(file, Inspector.Depth.QUICK)).isEqualTo(Soundness.SOUND);
    assertThat(soundness(file, Inspector.Depth.FULL)).isEqualTo(Soundness.FLAGGED);
  }

  private static Soundness soundness(Path file, Inspector.Depth depth) throws Exception {
    return new Inspector().inspect(file, depth).soundness();
  }

  private static boolean looksDamaged(Path file, Inspector.Depth depth) {
    try {
      return !new Inspector().inspect(file, depth).isUsable();
    } catch (UnusableDatabaseException e) {
      return e.problem().kind() == Kind.CORRUPT;
    }
  }

  @Test
  void open_walInADirectoryThatNobodyMayWrite_saysWhatAReaderCannotMake() throws Exception {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Path file =
        Databases.run(closed.resolve("a.db"), "PRAGMA journal_mode = wal", "CREATE TABLE t (a)");
    try (Mounted _ = Mounted.readOnly(closed)) {
      DatabaseProblem problem = problem(file);
      assertThat(problem.kind()).isEqualTo(Kind.UNREADABLE);
      assertThat(problem.detail())
          .contains("SQLITE_", "cannot write in " + closed, "even to be read");
    }
  }

  @Test
  void open_exclusivelyLocked_isLockedAndUsableAgainAfterwards() throws Exception {
    Path file = sound();
    try (Companion other = Companion.python(HOLDS_EXCLUSIVELY, file)) {
      other.await("held");
      assertThat(problem(file).kind()).isEqualTo(Kind.LOCKED);
      other.say("release");
      other.await("released");
      Copies.copy(file, directory.resolve("copy.db"), IMPATIENT);
    }
    assertThat(Databases.askOne(directory.resolve("copy.db"), "SELECT count(*) FROM t"))
        .isEqualTo("2000");
  }

  @Test
  void freeze_lockedAfterOpening_isLocked() throws Exception {
    Path file = sound();
    try (LiveDatabase live = LiveDatabase.open(file, IMPATIENT);
        Companion other = Companion.python(HOLDS_EXCLUSIVELY, file)) {
      other.await("held");
      UnusableDatabaseException refusal =
          catchThrowableOfType(UnusableDatabaseException.class, live::freeze);
      assertThat(refusal.problem().kind()).isEqualTo(Kind.LOCKED);
    }
  }

  private Path sound() throws Exception {
    return Databases.run(
        directory.resolve("a.db"),
        "CREATE TABLE t (id INTEGER PRIMARY KEY, text)",
        """
        INSERT INTO t
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        SELECT i, 'row number ' || i FROM n
        """);
  }

  private static DatabaseProblem problem(Path file) {
    return catchThrowableOfType(
            UnusableDatabaseException.class, () -> LiveDatabase.open(file, IMPATIENT).close())
        .problem();
  }
}
