package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Root works in somebody else's data root, and that somebody has put links, or second names of
 * root's files, wherever this program writes. What they lead to stays what it is.
 */
class PlantedLinksTest {
  private static final int OWNER = 12345;
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("now"),
          List.of("list"),
          List.of("verify", "--all"),
          List.of("diff", "latest"),
          List.of("hold", "latest"),
          List.of("hold", "--release", "latest"),
          List.of("restore", "latest", "--yes"),
          List.of("rollback", "--yes"),
          List.of("prune", "--yes"),
          List.of("doctor"));

  @TempDir Path root;
  private CommandLineFixture cli;
  private Path victims;

  @BeforeEach
  void dataRootOfSomebodyElse() throws Exception {
    Tools.requirePermission(
        "root".equals(System.getProperty("user.name")), "only root can be led astray");
    cli = new CommandLineFixture(Files.createDirectory(root.resolve("app"))).withDatabases();
    cli.ok("now");
    for (Path path : FileTrees.list(cli.directory().resolve(".data"))) {
      Files.setAttribute(path, "unix:uid", OWNER, LinkOption.NOFOLLOW_LINKS);
    }
    victims = Files.createDirectory(root.resolve("victims"));
    Files.writeString(victims.resolve("secret"), "of root");
    Files.writeString(Files.createDirectory(victims.resolve("etc")).resolve("passwd"), "of root");
  }

  /** What this program writes below a data root, and the names beside it. */
  enum Places {
    BACKUPS,
    LIVE,
    LOCKS,
    DIRECTORIES,
    STATES;

    List<String> names() {
      return switch (this) {
        case BACKUPS -> List.of("backups");
        case LIVE -> List.of("db");
        case LOCKS ->
            List.of(
                "backups/lock", "backups/runs.lock", "backups/verify.lock", "backups/drill.lock");
        case DIRECTORIES -> List.of("backups/cache", "backups/verify.partial", "backups/questions");
        case STATES ->
            List.of(
                "backups/last_run.json",
                "backups/runs.jsonl",
                "backups/restores.jsonl",
                "backups/drills.jsonl",
                "backups/alarms.json",
                "backups/health.json",
                "backups/sidecar.json",
                "backups/sidecar_jobs.json",
                "backups/restore-elsewhere.json",
                "db.swap.json");
      };
    }
  }

  /** What is put behind a name while it is written, or set aside. */
  static Stream<Arguments> places() {
    return Stream.of(Places.values())
        .flatMap(
            places ->
                places == Places.STATES
                    ? Stream.of("", ".tmp", ".unreadable").map(end -> Arguments.of(places, end))
                    : Stream.of(Arguments.of(places, "")));
  }

  @ParameterizedTest
  @MethodSource("places")
  void everyCommand_linksInPlacesOfOurs_leavesWhatTheyLeadTo(Places places, String end)
      throws Exception {
    boolean directories = places != Places.STATES && places != Places.LOCKS;
    for (String name : places.names()) {
      Path link = planted(name + end);
      Files.createSymbolicLink(link, victims.resolve(directories ? "etc" : "secret"));
      Files.setAttribute(link, "unix:uid", OWNER, LinkOption.NOFOLLOW_LINKS);
    }
    assertEveryCommandLeavesTheVictims();
  }

  @ParameterizedTest
  @MethodSource("places")
  void everyCommand_secondNamesOfAForeignFile_leavesThatFile(Places places, String end)
      throws Exception {
    for (String name : places.names()) {
      Files.createLink(planted(name + end), victims.resolve("secret"));
    }
    assertEveryCommandLeavesTheVictims();
  }

  private Path planted(String place) throws IOException {
    Path path = cli.directory().resolve(".data").resolve(place);
    DurableFiles.deleteTree(path);
    return path;
  }

  private void assertEveryCommandLeavesTheVictims() throws IOException {
    Map<String, String> before = victims();
    for (List<String> command : COMMANDS) {
      var ran = cli.run(command.toArray(String[]::new));
      assertThat(ran.err()).as("%s", command).doesNotContain("internal error");
      assertThat(victims()).as("%s: %s", command, ran).isEqualTo(before);
    }
  }

  /** Content, owner and permissions of everything there. */
  private Map<String, String> victims() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (Path path : FileTrees.list(victims)) {
      all.put(
          victims.relativize(path).toString(),
          Files.getAttribute(path, "unix:mode")
              + " "
              + Files.getAttribute(path, "unix:uid")
              + " "
              + (Files.isRegularFile(path) ? Files.readString(path) : ""));
    }
    return all;
  }
}
