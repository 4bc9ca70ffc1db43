package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.SmallDisk;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  @TempDir private Path root;

  @Test
  void close_diskForSortsNearlyFull_stopsTheStatement() throws Exception {
    Path file = Databases.run(root.resolve("a.db"), "CREATE TABLE t (a)");
    try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"), 4);
        Connection connection = Connections.still(file)) {
      TemporarySpace space = TemporarySpace.of(disk.root());
      Sandbox sandbox = Sandbox.close(connection, 0, Duration.ofMinutes(5), space);
      assertThat(Sql.number(connection, "SELECT count(*) FROM t")).isZero();
      assertThat(space.isScarce()).isFalse();
      disk.fill();

      assertThatThrownBy(() -> Sql.number(connection, ENDLESS))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("INTERRUPT");
      assertThat(sandbox.reached()).isEqualTo(Sandbox.Limit.DISK);
    }
  }
}
