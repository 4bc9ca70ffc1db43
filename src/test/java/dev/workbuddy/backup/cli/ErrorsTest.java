package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.cli.CommandLineFixture.Ran;
import dev.workbuddy.backup.testing.Errors;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever ends a command, the terminal shows a line, a hint and an exit code. */
class ErrorsTest {
  private static final List<String[]> COMMANDS =
      List.of(
          new String[] {"now"},
          new String[] {"list"},
          new String[] {"verify"},
          new String[] {"diff", "latest"},
          new String[] {"restore", "latest", "--yes"},
          new String[] {"doctor"},
          new String[] {"sidecar"});

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void commands_whateverTheyThrow_endWithAHintAndNoStackTrace(Errors kind) throws Exception {
    CommandLineFixture fixture = new CommandLineFixture(directory).withDatabases();
    fixture.ok("now");
    for (String[] command : COMMANDS) {
      int before = fixture.throwing(kind);
      Ran ran = fixture.run(command);
      assertThat(fixture.throwing(null)).as(command[0]).isGreaterThan(before);
      assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(1);
      assertThat(ran.err()).as(command[0]).contains("wb-backup: ").doesNotContain("    at ");
      assertThat(ran.err().strip().lines().count()).as(ran.err()).isBetween(2L, 4L);

      fixture.throwing(kind);
      Ran json = fixture.run(append(command, "--json"));
      Ran traced = fixture.run(append(command, "--debug"));
      fixture.throwing(null);
      if (!command[0].equals("sidecar")) {
        assertThat(json.out()).contains("\"" + kind.code() + "\"");
      }
      assertThat(traced.err()).contains("    at ");
    }
    fixture.ok("list");
  }

  private static String[] append(String[] command, String option) {
    return Stream.concat(Stream.of(option), Stream.of(command)).toArray(String[]::new);
  }
}
