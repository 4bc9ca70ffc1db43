package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code doctor} repairs, and what it writes down. */
class DoctorFixTest extends DoctorScene {
  @Test
  void fix_repoConfigured_makesItPrivateAndKeepsTheUsersFile() throws Exception {
    local("# my machine\nbackups:\n  namespace: laptop   # short\n# the end\n");
    withGh(TOKEN);

    var ran = cli.ok("doctor", "--fix", "repo-configured", "--repo", "data");

    assertThat(ran.out())
        .contains("repo-configured: ok")
        .contains("made the private repository alice/data")
        .contains("set backups.github.repo in");
    assertThat(directory.resolve("config.local.yaml"))
        .content()
        .isEqualTo(
            """
            # my machine
            backups:
              namespace: laptop   # short
              github:
                repo: alice/data
            # the end
            """);
    assertThat(github.world().<Boolean>inspect("alice/data", repository -> repository.isEmpty()))
        .isFalse();
    assertThat(cli.ok("doctor", "--fix", "repo-configured", "--repo", "data").out())
        .contains("nothing to repair");
    cli.ok("now");
    cli.ok("drill");
    assertThat(cli.run("doctor").out()).startsWith("Backups: all is well");
  }

  @Test
  void fix_repositoryIsPublic_isRefusedAndNothingIsWritten() throws Exception {
    github.world().repository("alice/data", false, true);
    withGh(TOKEN);

    var ran = cli.run("doctor", "--fix", "repo-configured", "--repo", "alice/data");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("is public");
    assertThat(directory.resolve("config.local.yaml")).doesNotExist();
  }

  @Test
  void fix_cutShortAfterTheRepositoryWasMade_convergesWhenDoneAgain() throws Exception {
    github.world().repository("alice/data", true, false);
    withGh(TOKEN);

    assertThat(cli.ok("doctor", "--fix", "repo-configured", "--repo", "alice/data").out())
        .contains("copies go to alice/data")
        .doesNotContain("made the private");
    assertThat(github.world().<Boolean>inspect("alice/data", repository -> repository.isEmpty()))
        .isFalse();
  }

  @Test
  void fix_withoutTheRepositorysName_saysWhichOptionIsMissing() {
    withGh(TOKEN);

    var ran = cli.run("doctor", "--fix", "repo-configured");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--repo");
  }

  @Test
  void fix_configurationWrittenWithTheDirectory_writesIt() throws Exception {
    Path configuration = directory.resolve("config.yaml");
    Files.deleteIfExists(configuration);
    Path databases = directory.resolve("other/db");
    Files.move(directory.resolve(".data"), directory.resolve("other"));

    var unasked = cli.run("doctor", "--fix", "configuration-written");
    assertThat(unasked.exitCode()).isEqualTo(2);
    assertThat(unasked.err()).contains("--directory");

    cli.ok("doctor", "--fix", "configuration-written", "--directory", databases.toString());
    assertThat(configuration).content().contains("projects.db");
  }

  @Test
  void fix_handOffWithoutTerminal_showsBriefAndCommands() {
    cli.set("PATH", elsewhere.resolve("empty").toString());

    var ran = cli.run("doctor", "--fix", "gh-cli-installed");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("gh --version").contains("Guide me through installing");
  }

  @Test
  void prefer_unwanted_silencesItAndSkipsThePush() throws Exception {
    github.world().repository("alice/data", true, true);
    local("backups: { github: { repo: alice/data } } # mine\n");
    withGh(TOKEN);

    cli.ok("doctor", "--prefer", "github_backups=unwanted", "--reason", "no net here");

    assertThat(directory.resolve("config.local.yaml"))
        .content()
        .isEqualTo(
            """
            backups: { github: { repo: alice/data } } # mine
            features:
              github_backups:
                wanted: false
                reason: "no net here"
            """);
    assertThat(cli.ok("now").out()).doesNotContain("github");
    var pushed = cli.run("push", "latest");
    assertThat(pushed.exitCode()).isEqualTo(3);
    assertThat(pushed.err()).contains("unwanted (no net here)").contains("--prefer");
    cli.ok("drill", "--local");
    assertThat(github.seen()).isEmpty();
    var ran = cli.run("doctor");
    assertThat(ran.exitCode()).as("nothing leaves the machine").isEqualTo(5);
    assertStates(
        ran.out(),
        "github_backups disabled unwanted: no net here",
        "second_place degraded nothing leaves this machine");
  }

  @Test
  void prefer_core_isRefused() {
    var ran = cli.run("doctor", "--prefer", "local_snapshots=unwanted");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("required");
  }

  @Test
  void fix_everythingWithoutGh_stopsThereAndSaysWhatWaits() {
    cli.set("PATH", elsewhere.resolve("empty").toString());

    var ran = cli.run("doctor", "--fix");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("Guide me through installing").doesNotContain("repo-configured");
    assertThat(ran.err())
        .contains("repo-configured waits: gh-cli-installed comes first.")
        .doesNotContain("--repo");
  }

  @Test
  void fix_repoConfiguredWithoutGh_doesNothingAndSaysWhatComesFirst() {
    cli.set("PATH", elsewhere.resolve("empty").toString());

    var ran = cli.run("doctor", "--fix", "repo-configured", "--repo", "alice/data");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("gh-cli-installed comes first")
        .contains("wb-backup doctor --fix gh-cli-installed");
    assertThat(directory.resolve("config.local.yaml")).doesNotExist();
  }
}
