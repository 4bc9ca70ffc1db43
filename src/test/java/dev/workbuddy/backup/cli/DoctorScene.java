package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A machine to look at, with the real {@code gh} against the stand-in. */
abstract class DoctorScene {
  static final String TOKEN = "ghp_alice";

  @TempDir Path directory;
  @TempDir Path elsewhere;
  GithubStandIn github;
  CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    Tools.require("gh");
    github =
        GithubStandIn.start(
            Files.createDirectory(elsewhere.resolve("github")),
            () -> Instant.parse("2026-03-04T06:00:00Z"));
    github.world().person("alice", TOKEN);
    cli = new CommandLineFixture(directory).withDatabases();
    cli.ok("now");
    new SidecarPidFile(
            ProcessIdentity.ofThisProcess(), "host", Instant.parse("2026-03-04T05:00:00Z"))
        .write(cli.backups());
    Files.createDirectory(elsewhere.resolve("empty"));
  }

  @AfterEach
  void stop() {
    github.close();
  }

  CommandLineFixture withGh(String token) {
    cli.set("PATH", System.getenv("PATH"));
    github.environment(elsewhere, token).forEach(cli::set);
    return cli;
  }

  void local(String text) throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), text);
  }

  static String line(String text, String name) {
    return text.lines()
        .filter(line -> line.strip().startsWith(name + " "))
        .findFirst()
        .orElseThrow();
  }

  static void assertStates(String text, String... lines) {
    for (String expected : lines) {
      String name = expected.substring(0, expected.indexOf(' '));
      assertThat(line(text, name).strip().replaceAll(" +", " ")).startsWith(expected);
    }
  }
}
