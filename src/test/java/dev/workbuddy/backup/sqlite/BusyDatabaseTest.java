package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.WriterProcess;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy shows one moment of a database that another process writes without pause. */
@Timeout(120)
class BusyDatabaseTest {
  private static final String TRY_TO_COMMIT =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
      for line in sys.stdin:
          try:
              db.execute('INSERT INTO transfers SELECT max(number) + 1 FROM transfers')
              print('committed')
          except sqlite3.OperationalError as e:
              print(e)
      """;

  @TempDir Path directory;

  @Test
  void copyTo_walWithBusyWriter_showsTheFrozenMomentAndHindersNobody() throws Exception {
    Path file = Databases.forWriter(directory.resolve("live.db"), "wal");
    addBallast(file, 24);
    Path copy = directory.resolve("copy.db");
    long before;
    long after;
    CopyReport report;
    try (WriterProcess writer = WriterProcess.start(0, file);
        LiveDatabase live = LiveDatabase.open(file, Copies.PATIENCE)) {
      before = writer.acknowledged();
      live.freeze();
      writer.awaitMore(1);
      after = writer.acknowledged();
      report = live.copyTo(copy, copied -> awaitCommit(writer));
      assertThat(writer.failures()).isEmpty();
    }
    assertThat(report.strategy()).isEqualTo(CopyStrategy.WAL_READ);
    assertThat(report.restarts()).isZero();
    assertThat(report.lockedMillis()).isZero();
    assertConsistent(copy);
    assertThat(newestTransfer(copy)).isBetween(before, after);
    assertThat(Databases.askOne(copy, "PRAGMA journal_mode")).isEqualTo("wal");
  }

  @Test
  void copyTo_smallRollbackJournalWithBusyWriter_isConsistentAndTheWriterOnlyWaits()
      throws Exception {
    Path file = Databases.forWriter(directory.resolve("live.db"), "delete");
    Path copy = directory.resolve("copy.db");
    long before;
    CopyReport report;
    try (WriterProcess writer = WriterProcess.start(60, file)) {
      before = writer.acknowledged();
      report = Copies.copy(file, copy);
      writer.awaitMore(2);
      assertThat(writer.failures()).isEmpty();
    }
    assertThat(report.strategy()).isEqualTo(CopyStrategy.LOCKED);
    assertThat(report.restarts()).isZero();
    assertConsistent(copy);
    assertThat(newestTransfer(copy)).isGreaterThanOrEqualTo(before);
    assertThat(Databases.askOne(copy, "PRAGMA journal_mode")).isEqualTo("delete");
  }

  @Test
  void freeze_smallRollbackJournal_nobodyCommitsUntilTheCopyIsClosed() throws Exception {
    Path file = Databases.forWriter(directory.resolve("live.db"), "delete");
    Path copy = directory.resolve("copy.db");
    try (Companion other = Companion.python(TRY_TO_COMMIT, file)) {
      try (LiveDatabase live = LiveDatabase.open(file, Copies.PATIENCE)) {
        assertThat(live.makesWritersWait()).isTrue();
        live.freeze();
        other.say("try");
        other.await("database is locked");
        live.copyTo(copy, copied -> {});
      }
      other.say("try");
      assertThat(other.hear()).isNotEqualTo("database is locked");
    }
    assertThat(newestTransfer(copy)).isZero();
  }

  @Test
  void copyTo_largeRollbackJournalCommittedToBetweenAllSteps_finishesAfterFewRestarts()
      throws Exception {
    Path file = Databases.forWriter(directory.resolve("live.db"), "delete");
    addBallast(file, 70);
    Path copy = directory.resolve("copy.db");
    AtomicInteger disturbances = new AtomicInteger();
    CopyReport report;
    try (WriterProcess writer = WriterProcess.start(60, file)) {
      try (LiveDatabase live = LiveDatabase.open(file, Copies.PATIENCE)) {
        assertThat(live.bytes()).isGreaterThan(LiveDatabase.LOCKED_COPY_LIMIT);
        assertThat(live.makesWritersWait()).isFalse();
        live.freeze();
        report =
            live.copyTo(
                copy,
                copied -> {
                  // A commit after each of the first steps; from then on the copy may lock.
                  if (disturbances.incrementAndGet() <= 5) {
                    awaitCommit(writer);
                  }
                });
      }
      writer.awaitMore(2);
      assertThat(writer.failures()).isEmpty();
    }
    assertThat(disturbances).hasValueGreaterThan(5);
    assertThat(report.strategy()).isEqualTo(CopyStrategy.STEPPED);
    assertThat(report.restarts()).isBetween(5, 8);
    assertThat(report.lockedMillis()).isLessThanOrEqualTo(report.millis());
    assertConsistent(copy);
  }

  @Test
  void copyTo_largeRollbackJournalThatNobodyWrites_neverLocksNorRestarts() throws Exception {
    Path file = Databases.forWriter(directory.resolve("live.db"), "truncate");
    addBallast(file, 70);
    Path copy = directory.resolve("copy.db");
    CopyReport report = Copies.copy(file, copy);
    assertThat(report.strategy()).isEqualTo(CopyStrategy.STEPPED);
    assertThat(report.restarts()).isZero();
    assertThat(report.lockedMillis()).isZero();
    assertConsistent(copy);
  }

  private static void awaitCommit(WriterProcess writer) {
    try {
      writer.awaitMore(1);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void addBallast(Path file, int mebibytes) throws Exception {
    Databases.run(
        file,
        "PRAGMA synchronous = OFF",
        "CREATE TABLE ballast (content BLOB)",
        """
        INSERT INTO ballast
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        SELECT zeroblob(1048576) FROM n
        """
            .formatted(mebibytes));
  }

  private static long newestTransfer(Path copy) throws Exception {
    return Long.parseLong(Databases.askOne(copy, "SELECT coalesce(max(number), 0) FROM transfers"));
  }

  private static void assertConsistent(Path copy) throws Exception {
    assertThat(Databases.ask(copy, "PRAGMA quick_check")).containsExactly("ok");
    assertThat(Databases.askOne(copy, WriterProcess.SUM)).isEqualTo(WriterProcess.WHOLE_SUM);
    assertThat(Databases.askOne(copy, WriterProcess.UNEXPLAINED)).isEqualTo("0");
  }
}
