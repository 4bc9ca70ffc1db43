package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.GoldenFile;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  @TempDir private Path directory;

  static Stream<String> commands() {
    return Stream.concat(
        names(CommandTree.whole(root())).stream(),
        Stream.of(
            "alarms ack",
            "commands install",
            "config show",
            "config validate",
            "migrate status",
            "migrate run",
            "migrate new",
            "schedule install",
            "schedule status",
            "schedule uninstall"));
  }

  private static WbBackup root() {
    return new WbBackup(Environment.ofProcess(new StandardOutput(System.out)));
  }

  private static Set<String> names(CommandLine line) {
    return line.getSubcommands().keySet();
  }

  @Test
  void of_anyCommand_makesThatOneReady() {
    assertThat(names(CommandTree.whole(root())))
        .hasSize(27)
        .allSatisfy(
            name ->
                assertThat(names(CommandTree.of(root(), "--json", name, "--help")))
                    .containsExactly(name));
  }

  @Test
  void of_noCommand_makesAllReady() {
    assertThat(names(CommandTree.of(root(), "nwo"))).isEqualTo(names(CommandTree.whole(root())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_isAsPromised(String command) throws Exception {
    String[] arguments = (command + " --help").split(" ");
    var ran = new CommandLineFixture(directory).ok(arguments);
    GoldenFile.check("help/" + command.replace(' ', '-') + ".txt", ran.out());
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void help_ofTheProgram_isAsPromised() throws Exception {
    GoldenFile.check("help/wb-backup.txt", new CommandLineFixture(directory).ok("--help").out());
  }

  @Test
  void version_namesWhatIsLinked() {
    assertThat(new CommandLineFixture(directory).ok("--version").out())
        .matches("wb-backup \\S+ \\(SQLite 3\\.\\d+\\.\\d+, Java \\d+\\S*\\)\\R");
  }
}
