package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 KB",
    "1500, 1.5 KB",
    "99499, 99.5 KB",
    "99600, 100 KB",
    "999499, 999 KB",
    "999600, 1.0 MB",
    "12345678, 12.3 MB",
    "9223372036854775807, 9223 PB"
  })
  void text_bytes_readEasily(long bytes, String words) {
    assertThat(Space.text(bytes)).isEqualTo(words);
  }

  @Test
  void require_moreThanThereIs_isDiskFull() {
    BackupException refusal =
        catchThrowableOfType(
            BackupException.class, () -> Space.require(directory, Long.MAX_VALUE, "do it"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(refusal.text()).contains("do it", directory.toString(), "9223 PB");
  }
}
