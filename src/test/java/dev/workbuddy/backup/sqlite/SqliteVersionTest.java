package dev.workbuddy.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Runtime.Version;
import org.junit.jupiter.api.Test;

class SqliteVersionTest {

  /** Older ones may lose a WAL database's rows when a checkpoint meets a writer. */
  @Test
  void linked_library_hasTheWalResetFix() {
    assertThat(Version.parse(SqliteVersion.linked()))
        .isGreaterThanOrEqualTo(Version.parse("3.51.3"));
  }
}
