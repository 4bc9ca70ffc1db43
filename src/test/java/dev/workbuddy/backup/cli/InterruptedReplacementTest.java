package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever ends a restore in the middle hears which data is live, and later how it was ended. */
@Timeout(120)
class InterruptedReplacementTest {
  private static final String SWAPPED = "looking for users of the old data";
  private static final String SIGTERM = "exit 143";

  @TempDir private Path directory;
  private CommandLineFixture cli;

  @BeforeEach
  void snapshotAndLaterRows() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    cli.ok("now");
    cli.sql("projects.db", "INSERT INTO notes (text) VALUES ('four')");
  }

  private String endedAt(String step, String... command) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of(directory, step));
    arguments.addAll(List.of(command));
    try (Companion child = Companion.java(PausedReplacement.class, arguments.toArray())) {
      String heard = child.hear();
      while (!heard.equals(step)) {
        heard = child.hear();
      }
      child.terminate();
      return child.hearAll();
    }
  }

  @Test
  void restore_endedAfterTheSwap_saysWhatIsLiveAndTheNextCommandSaysWhatItDid() throws Exception {
    assertThat(endedAt(SWAPPED, "restore", "latest"))
        .contains("wb-backup: interrupted: the restored data is in place; the next command tidies")
        .endsWith(SIGTERM);
    assertThat(cli.rows("projects.db")).isEqualTo(3);

    var next = cli.ok("list", "--json");

    assertThat(next.out()).startsWith("{");
    assertThat(next.err())
        .contains("wb-backup: finished the restore of snap-")
        .contains("that was interrupted; the old data is in ")
        .contains("db.pre_restore_");
    assertThat(cli.ok("list").err()).isEmpty();
  }

  @Test
  void restore_endedBeforeTheSwap_saysThatNothingChanged() throws Exception {
    assertThat(endedAt("swapping", "restore", "latest"))
        .contains("wb-backup: interrupted: the data is as it was before")
        .endsWith(SIGTERM);
    assertThat(cli.rows("projects.db")).isEqualTo(4);

    var next = cli.ok("list", "--quiet");

    assertThat(next.err())
        .contains("wb-backup: undid the restore of snap-")
        .contains("that was interrupted; the data is as it was before it");
    assertThat(cli.ok("list").err()).isEmpty();
  }

  @Test
  void rollback_endedAfterTheSwap_saysWhatIsLive() throws Exception {
    cli.ok("restore", "latest");
    assertThat(endedAt(SWAPPED, "rollback"))
        .contains("wb-backup: interrupted: the restored data is in place; the next command tidies")
        .endsWith(SIGTERM);
    assertThat(cli.rows("projects.db")).isEqualTo(4);
    assertThat(cli.ok("list").err())
        .contains("wb-backup: finished the rollback to db.pre_restore_");
  }
}
