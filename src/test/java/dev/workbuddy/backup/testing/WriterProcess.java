package dev.workbuddy.backup.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A process that moves money between two tables without pause, one transaction after the other: the
 * sum over both never changes, and each transaction leaves its number. It tells of every commit.
 */
public final class WriterProcess implements AutoCloseable {
  /** The tables that the process wants; the invariant is their sum. */
  public static final List<String> TABLES =
      List.of(
          "CREATE TABLE giver (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL)",
          "CREATE TABLE taker (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL)",
          "CREATE TABLE transfers (number INTEGER PRIMARY KEY)",
          """
          INSERT INTO giver
          WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 200)
          SELECT value, 1000 FROM n
          """,
          "INSERT INTO taker SELECT id, 0 FROM giver");

  /** What {@link #SUM} yields in every consistent copy. */
  public static final String WHOLE_SUM = "200000";

  public static final String SUM =
      "SELECT (SELECT sum(amount) FROM giver) + (SELECT sum(amount) FROM taker)";

  /** Also constant in every consistent copy: each transfer moves exactly one. */
  public static final String UNEXPLAINED =
      "SELECT (SELECT sum(amount) FROM taker) - (SELECT count(*) FROM transfers)";

  private static final String SCRIPT =
      """
      import sqlite3, sys
      databases = [sqlite3.connect(f, timeout=float(sys.argv[1]), isolation_level=None)
                   for f in sys.argv[2:]]
      for db in databases: db.execute('PRAGMA synchronous = OFF')
      number = max(db.execute('SELECT coalesce(max(number), 0) FROM transfers').fetchone()[0]
                   for db in databases)
      while True:
          number += 1
          for index, db in enumerate(databases):
              try:
                  db.execute('BEGIN IMMEDIATE')
                  who = 1 + number * 7919 % 200
                  db.execute('UPDATE giver SET amount = amount - 1 WHERE id = ?', (who,))
                  db.execute('UPDATE taker SET amount = amount + 1 WHERE id = ?', (who,))
                  db.execute('INSERT INTO transfers VALUES (?)', (number,))
                  db.execute('COMMIT')
              except sqlite3.OperationalError as e:
                  print('failed', e)
                  if db.in_transaction: db.execute('ROLLBACK')
              else:
                  print(index, number)
      """;

  private final Companion companion;
  private final long[] acknowledged;
  private final List<String> failures = new ArrayList<>();
  private boolean ended;

  private WriterProcess(Companion companion, int databases) {
    this.companion = companion;
    this.acknowledged = new long[databases];
    Thread.ofPlatform().daemon().start(this::listen);
  }

  /** Starts writing to the databases in turn; returns when each has its first new commit. */
  public static WriterProcess start(double busyTimeoutSeconds, Path... databases)
      throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of(busyTimeoutSeconds));
    arguments.addAll(List.of(databases));
    WriterProcess writer =
        new WriterProcess(Companion.python(SCRIPT, arguments.toArray()), databases.length);
    writer.awaitMore(1);
    return writer;
  }

  private void listen() {
    try {
      while (true) {
        hear(companion.hear());
      }
    } catch (IOException | AssertionError gone) {
      end();
    }
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void hear(String line) {
    String[] words = line.split(" ", 2);
    if (words[0].equals("failed") || words.length < 2) {
      failures.add(line);
    } else {
      acknowledged[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
    }
    notifyAll();
  }

  /** Returns when every database has at least so many more acknowledged commits than now. */
  public synchronized void awaitMore(int commits) throws InterruptedException {
    long[] target =
        IntStream.range(0, acknowledged.length).mapToLong(i -> acknowledged[i] + commits).toArray();
    while (!IntStream.range(0, target.length).allMatch(i -> acknowledged[i] >= target[i])) {
      if (ended) {
        throw new AssertionError("the writer ended: " + failures);
      }
      wait();
    }
  }

  /** The number of the newest transfer that the process was told is committed. */
  public synchronized long acknowledged(int database) {
    return acknowledged[database];
  }

  public long acknowledged() {
    return acknowledged(0);
  }

  /** Every error that a transaction met, such as "database is locked". */
  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    companion.close();
  }
}
