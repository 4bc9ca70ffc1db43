package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Copies that went bad where they are, and what the command line says and does about them. */
class DamagedCopyCommandsTest extends RemoteCommandsScene {
  private Path copied(String ending) throws Exception {
    String name =
        Listing.of(disk).stream().filter(file -> file.endsWith(ending)).findFirst().orElseThrow();
    return disk.resolve(name);
  }

  private String id() throws Exception {
    return Path.of(copies().getFirst()).getName(1).toString();
  }

  private String stateThere() throws Exception {
    JsonNode remotes = Json.parse(cli.ok("list", "--remote", "--json").out().getBytes(UTF_8));
    return remotes.path("remotes").path(0).path("snapshots").path(0).path("state").asString();
  }

  @ParameterizedTest
  @CsvSource({".tar.gz, 0", ".tar.gz, 100", "MANIFEST.json, 0", "MANIFEST.json, 20"})
  void push_copyCutShort_isListedAsDamagedAndSentAgain(String file, long bytes) throws Exception {
    configureDirectory();
    cli.ok("now");
    Path copy = copied(file);
    byte[] sent = Files.readAllBytes(copy);
    Files.write(copy, Arrays.copyOf(sent, (int) bytes));

    assertThat(stateThere()).isEqualTo("damaged");
    var drill = cli.run("drill");
    assertThat(drill.exitCode()).isEqualTo(4);
    assertThat(drill.err() + drill.out()).contains("`wb-backup push " + id() + "` sends it again");
    assertThat(cli.ok("push", id()).out()).contains("pushed 1 snapshot ");

    assertThat(copy).hasBinaryContent(sent);
    assertThat(stateThere()).isEqualTo("complete");
  }

  @Test
  void list_copyCutShortWhoseSnapshotIsGoneHere_isDamagedAndToldByTheNextRun() throws Exception {
    configureDirectory();
    cli.ok("now");
    String gone = id();
    DurableFiles.deleteTree(cli.backups().resolve(gone));
    assertThat(stateThere()).isEqualTo("complete");
    Path copy = copied(".tar.gz");
    Files.write(copy, Arrays.copyOf(Files.readAllBytes(copy), 100));

    assertThat(stateThere()).isEqualTo("damaged");
    assertThat(cli.ok("now").out())
        .contains(gone + " is damaged or unfinished there, and is not on this machine any more");
  }

  @Test
  void now_oldCopyCutShort_sendsItAgain() throws Exception {
    configureDirectory();
    cli.ok("now");
    Path copy = copied(".tar.gz");
    Files.write(copy, new byte[10]);

    assertThat(cli.ok("now").out()).contains("pushed 2 snapshots", "was damaged or unfinished");

    assertThat(Files.size(copy)).isGreaterThan(10);
  }

  @Test
  void push_copyWithOtherBytesOfTheSameSize_isComparedAndSentAgain() throws Exception {
    configureDirectory();
    cli.ok("now");
    Path copy = copied(".tar.gz");
    byte[] sent = Files.readAllBytes(copy);
    Files.write(copy, new byte[sent.length]);

    assertThat(cli.ok("push", id()).out()).contains("pushed 1 snapshot ");

    assertThat(copy).hasBinaryContent(sent);
  }

  @Test
  void list_tarballHereCutShort_doesNotBlameTheCopy() throws Exception {
    configureDirectory();
    cli.ok("now");
    Path here = cli.backups().resolve(id()).resolve(id() + ".tar.gz");
    Files.write(here, Arrays.copyOf(Files.readAllBytes(here), 50));

    assertThat(stateThere()).isEqualTo("complete");
  }
}
