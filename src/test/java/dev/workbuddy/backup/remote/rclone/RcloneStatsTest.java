package dev.workbuddy.backup.remote.rclone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rclone 1.60 was seen to say. */
class RcloneStatsTest {
  private static final String LINE =
      "2026/11/22 21:04:45 NOTICE:     2.027 MiB / 2.861 MiB, 71%, 1.027 MiB/s, ETA 0s";
  private static final String COMPLAINT =
      "2026/11/22 21:04:45 ERROR : x: Failed to copy: connection reset";

  private final List<Long> told = new ArrayList<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void step(String what) {}

        @Override
        public void advance(long done, long total) {
          told.add(done);
        }
      };

  @Test
  void report_stats_areBytesDone() {
    RcloneStats.report(LINE, progress, 3_000);
    RcloneStats.report(LINE.replace("71%", "-"), progress, 3_000);
    RcloneStats.report(COMPLAINT, progress, 3_000);

    assertThat(told).containsExactly(2_130L);
  }

  @Test
  void without_statsBehindAComplaint_leavesTheComplaint() {
    assertThat(RcloneStats.without(COMPLAINT + "\n" + LINE + "\n")).isEqualTo(COMPLAINT + "\n");
  }
}
