package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks a remote, and who does not. Its program writes down that it was called. */
class AskedRemotesTest extends RemoteCommandsScene {
  private static final String PLACE = "rclone:nas:x";
  private Path called;
  private String id;

  @BeforeEach
  void remoteThatTells() throws Exception {
    id =
        Arrays.stream(cli.ok("now").out().split("\\s+", -1))
            .filter(word -> word.startsWith("snap-"))
            .findFirst()
            .orElseThrow();
    called = directory.resolve("called");
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path rclone = programs.resolve("rclone");
    Files.writeString(rclone, "#!/bin/sh\necho \"$@\" >> %s\nexit 1\n".formatted(called));
    assertThat(rclone.toFile().setExecutable(true)).isTrue();
    cli.set("PATH", programs + ":/usr/bin:/bin");
    configure("rclone: { remote: 'nas:x' }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drill --local",
        "drill --local --snapshot ID",
        "drill --local --snapshot latest",
        "prune --local --yes",
        "prune --local --dry-run"
      })
  void local_remoteConfigured_asksNobody(String command) {
    cli.ok(command.replace("ID", id).split(" ", -1));

    assertThat(called).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restore TEXT --yes",
        "restore TEXT --dry-run",
        "restore TEXT --yes --from REMOTE",
        "restore TEXT --to target",
        "pull TEXT",
        "pull TEXT --from REMOTE",
        "drill --snapshot TEXT",
        "drill --snapshot TEXT --from REMOTE",
        "drill --snapshot TEXT --local",
        "push TEXT",
        "show TEXT",
        "verify TEXT",
        "hold TEXT",
        "diff TEXT",
        "rescue TEXT",
        "take-over TEXT",
        "query TEXT tasks SELECT"
      })
  void textThatIsNoId_isRefusedAtOnceWithWhatIsNear(String command) {
    List<String> texts = List.of("nonesuch", "LATEST", id + "-manuel", "snap-2026-3-4", "2026_03");
    for (String text : texts) {
      List<String> words = new ArrayList<>();
      for (String word : command.split(" ", -1)) {
        words.add(word.equals("TEXT") ? text : word.equals("REMOTE") ? PLACE : word);
      }

      var refused = cli.run(words.toArray(String[]::new));

      assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
      assertThat(refused.err()).contains("'" + text + "' is not a snapshot id");
      assertThat(refused.err()).containsAnyOf("Did you mean", id + ", the newest here");
      assertThat(called).doesNotExist();
    }
    assertThat(cli.run("pull", "1999").exitCode()).isNotZero();
    assertThat(Objects.requireNonNull(called)).as("what could be one is asked for").exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nas/nonesuch", "nas/LATEST", "../x", "a/b/c"})
  void namespaceBeforeWhatIsNoId_asksNobody(String text) {
    for (String command : List.of("restore", "pull")) {
      assertThat(cli.run(command, text, "--json").exitCode()).isEqualTo(2);
    }
    assertThat(called).doesNotExist();
  }
}
