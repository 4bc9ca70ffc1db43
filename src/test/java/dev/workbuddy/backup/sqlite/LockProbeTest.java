package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LockProbeTest {
  /** Does what it is told on a connection of its own, and says when it is done. */
  private static final String OBEYS =
      """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      for line in sys.stdin:
          db.execute(line).fetchall()
          print('done')
      """;

  @TempDir Path directory;

  @Test
  void isFree_nobodyHasItOpen_andAgainAfterwards() throws Exception {
    Path file = Databases.forWriter(directory.resolve("a.db"), "wal");
    assertThat(LockProbe.isFree(file)).isTrue();
    assertThat(LockProbe.isFree(file)).isTrue();
  }

  @Test
  void isFree_idleWalConnectionOfAnotherProcess_isSeenUntilItDies() throws Exception {
    Path file = Databases.forWriter(directory.resolve("a.db"), "wal");
    try (Companion other = Companion.python(OBEYS, file)) {
      other.say("SELECT count(*) FROM giver");
      other.await("done");
      assertThat(LockProbe.isFree(file)).isFalse();
      other.kill();
      assertThat(LockProbe.isFree(file)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXCLUSIVE", "IMMEDIATE"})
  void isFree_transactionOfAnotherProcess_isSeenUntilItEnds(String kind) throws Exception {
    Path file = Databases.forWriter(directory.resolve("a.db"), "delete");
    try (Companion other = Companion.python(OBEYS, file)) {
      other.say("BEGIN " + kind);
      other.await("done");
      assertThat(LockProbe.isFree(file)).isFalse();
      other.say("COMMIT");
      other.await("done");
      assertThat(LockProbe.isFree(file)).isTrue();
    }
  }

  @Test
  void isFree_readerOfAnotherProcess_isSeen() throws Exception {
    Path file = Databases.forWriter(directory.resolve("a.db"), "delete");
    try (Companion other = Companion.python(OBEYS, file)) {
      other.say("BEGIN");
      other.await("done");
      other.say("SELECT count(*) FROM giver");
      other.await("done");
      assertThat(LockProbe.isFree(file)).isFalse();
    }
  }

  @Test
  void isFree_asked_takesNothingFromTheOtherProcess() throws Exception {
    Path file = Databases.forWriter(directory.resolve("a.db"), "delete");
    try (Companion other = Companion.python(OBEYS, file)) {
      other.say("BEGIN IMMEDIATE");
      other.await("done");
      assertThat(LockProbe.isFree(file)).isFalse();
      other.say("INSERT INTO transfers VALUES (1)");
      other.await("done");
      other.say("COMMIT");
      other.await("done");
    }
    assertThat(Databases.askOne(file, "SELECT count(*) FROM transfers")).isEqualTo("1");
  }
}
