package dev.workbuddy.backup.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.ConfigLoader;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever another user could write to is named, with the command that mends it. */
class OthersMayWriteTest {
  private static final String USER = System.getProperty("user.name", "?");

  @TempDir private Path directory;
  private Settings settings;

  @BeforeEach
  void makeSite() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    for (String sub : List.of("way/config/sidecar_jobs", "way/data/db", "way/data/backups")) {
      Files.createDirectories(directory.resolve(sub));
    }
    for (String file : List.of("config.local.yaml", "sidecar_jobs/a.md", "hook")) {
      Files.writeString(directory.resolve("way/config").resolve(file), "");
    }
    Files.writeString(directory.resolve("way/data/db/a.db"), "");
    Files.writeString(
        directory.resolve("way/config/config.yaml"),
        """
        paths: {data_root: "%1$s/way/data", db_dir: db}
        backups:
          databases: {a: {path: a.db}}
          hooks: {after_snapshot: ["%1$s/way/config/hook"]}
        """
            .formatted(directory));
    settings =
        new ConfigLoader(Map.of(), directory).load(directory.resolve("way/config")).settings();
  }

  @Test
  void look_privateSite_isFine() {
    assertThat(new OthersMayWrite(settings, USER).look().next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "way",
        "way/config",
        "way/config/config.yaml",
        "way/config/config.local.yaml",
        "way/config/sidecar_jobs",
        "way/config/sidecar_jobs/a.md",
        "way/config/hook",
        "way/data",
        "way/data/backups"
      })
  void look_writableByAll_namesItAndTheCommandThatMendsIt(String what) throws IOException {
    Path path = directory.resolve(what);
    Tools.run(directory, List.of("chmod", "o+w", path.toString()));
    Finding finding = new OthersMayWrite(settings, USER).look();
    assertThat(finding.detail()).endsWith("can write to " + path);
    String command = finding.next().replaceAll(".*(chmod [^ ]+) '(.*)'\\.", "$1 $2");
    Tools.run(directory, List.of(command.split(" ", -1)));
    assertThat(new OthersMayWrite(settings, USER).look().next()).isEmpty();
  }

  @Test
  void look_stickyDirectoryOnTheWay_isFine() throws IOException {
    Tools.run(directory, List.of("chmod", "1777", directory.resolve("way").toString()));
    assertThat(new OthersMayWrite(settings, USER).look().next()).isEmpty();
  }

  @Test
  void look_configurationOfAnotherUser_namesThem() {
    Finding finding = new OthersMayWrite(settings, "somebody").look();
    boolean root = USER.equals("root");
    assertThat(finding.next().isEmpty()).isEqualTo(root);
    assertThat(finding.detail().contains("belongs to " + USER)).isEqualTo(!root);
  }
}
