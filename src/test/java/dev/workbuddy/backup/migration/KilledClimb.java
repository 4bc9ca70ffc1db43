package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.testing.SuddenDeath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

/**
 * A program that climbs a random ladder and is killed at the nth moment: before a statement, at the
 * change of a row, before a step is recorded, or at a commit. Arguments: the database, the ladder's
 * seed, the moment, whether by {@code kill -9}.
 */
final class KilledClimb {
  static final int HALTED = 86;

  private final AtomicInteger left;
  private final boolean hard;

  private KilledClimb(int moment, boolean hard) {
    this.left = new AtomicInteger(moment);
    this.hard = hard;
  }

  public static void main(String[] arguments) throws Exception {
    KilledClimb killed =
        new KilledClimb(Integer.parseInt(arguments[2]), Boolean.parseBoolean(arguments[3]));
    List<List<String>> statements = RandomLadder.of(Long.parseLong(arguments[1]));
    InstantSource clock =
        () -> {
          killed.moment();
          return Instant.EPOCH;
        };
    new MigrationRunner(clock, Duration.ofSeconds(5))
        .run(Path.of(arguments[0]), ladder(statements, killed::watch), EditedSteps.REFUSE);
  }

  /** What happens on a connection before a step's statements, and between two of them. */
  interface Watch {
    Watch NONE = (_, _) -> {};

    void before(Connection connection, int statement) throws SQLException;
  }

  static StepLadder ladder(List<List<String>> steps, Watch watch) {
    List<Step> ladder = new ArrayList<>();
    for (List<String> statements : steps) {
      ladder.add(
          Step.java(ladder.size() + 1, "random", connection -> run(connection, statements, watch)));
    }
    return new StepLadder(ladder);
  }

  private static void run(Connection connection, List<String> statements, Watch watch)
      throws SQLException {
    for (int i = 0; i < statements.size(); i++) {
      watch.before(connection, i);
      try (Statement statement = connection.createStatement()) {
        statement.execute(statements.get(i));
      }
    }
  }

  private void watch(Connection connection, int statement) throws SQLException {
    moment();
    if (statement == 0) {
      SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
      sqlite.addUpdateListener(
          (_, _, table, rowId) -> {
            if (table.equals(History.TABLE) || rowId % 20 == 1) {
              moment();
            }
          });
      sqlite.addCommitListener(
          new SQLiteCommitListener() {
            @Override
            public void onCommit() {
              moment();
            }

            @Override
            public void onRollback() {}
          });
    }
  }

  private void moment() {
    if (left.decrementAndGet() > 0) {
      return;
    }
    if (!hard) {
      Runtime.getRuntime().halt(HALTED);
    }
    SuddenDeath.now();
  }
}
