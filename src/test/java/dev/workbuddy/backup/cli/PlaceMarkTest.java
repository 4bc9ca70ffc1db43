package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.cli.CommandLineFixture.Ran;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Mounted;
import dev.workbuddy.backup.testing.OnDisk;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A place that is not there is not written to, however it is reached. */
@Timeout(120)
class PlaceMarkTest {
  private static final String LOST = "its disk does not seem to be mounted";

  /** Ways to a directory of this machine. */
  enum Way {
    DIRECTORY("directory: { path: \"%s\" }", "directory:"),
    RCLONE("rclone: { remote: \"nas:%s\" }", "rclone:nas:");

    final String configuration;
    final String name;

    Way(String configuration, String name) {
      this.configuration = configuration;
      this.name = name;
    }
  }

  @TempDir(factory = OnDisk.class)
  Path scratch;

  private CommandLineFixture cli;
  private Path disk;
  private Path place;

  @BeforeEach
  void start() throws Exception {
    disk = Files.createDirectory(scratch.resolve("disk"));
    place = Files.createDirectory(scratch.resolve("mnt"));
    cli = machine("app");
  }

  private CommandLineFixture machine(String name) throws Exception {
    CommandLineFixture made = new CommandLineFixture(Files.createDirectory(scratch.resolve(name)));
    made.set("PATH", System.getenv("PATH"));
    made.set("RCLONE_CONFIG", "/dev/null");
    made.set("RCLONE_CONFIG_NAS_TYPE", "local");
    made.set("XDG_CACHE_HOME", scratch.resolve("cache").toString());
    Files.createDirectories(made.live("notes.db").resolveSibling("."));
    made.sql(
        "notes.db", "CREATE TABLE notes (id INTEGER PRIMARY KEY)", "INSERT INTO notes VALUES (1)");
    return made;
  }

  private void configure(CommandLineFixture which, String remotes, String namespace)
      throws Exception {
    Files.writeString(
        which.directory().resolve("config.yaml"),
        "backups: { namespace: %s, databases: { notes: { path: notes.db } }, %s }"
            .formatted(namespace, remotes));
  }

  private String configure(Way way) throws Exception {
    if (way == Way.RCLONE) {
      Tools.require("rclone");
    }
    configure(cli, way.configuration.formatted(place), "laptop");
    return way.name + place;
  }

  private static List<String> marks(Path directory) throws Exception {
    return Listing.of(directory).stream()
        .filter(name -> name.startsWith("WB-BACKUP-PLACE-"))
        .toList();
  }

  private long copies() throws Exception {
    return Listing.of(place).stream().filter(name -> name.endsWith("SHA256SUMS")).count();
  }

  private void refused(String words) {
    Ran now = cli.run("now");
    assertThat(now.exitCode()).as(now.toString()).isEqualTo(5);
    assertThat(now.out()).contains("snap-", "NOT PUSHED to ", words, "--accept '");
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void now_diskUnmountedAndMountedAgain_writesToTheDiskAlone(Way way) throws Exception {
    String name = configure(way);
    try (Mounted _ = Mounted.bind(disk, place)) {
      cli.ok("now");
      cli.ok("now");
      assertThat(copies()).isEqualTo(2);
      assertThat(marks(disk)).hasSize(1);
    }

    refused(LOST);
    assertThat(cli.run("push", "latest").out()).contains(LOST);
    assertThat(cli.run("prune").out()).contains(LOST);
    Ran listed = cli.run("list", "--remote");
    assertThat(listed.exitCode()).isEqualTo(5);
    assertThat(listed.out()).contains(LOST);
    assertThat(cli.run("doctor").out()).contains(LOST);
    assertThat(place).isEmptyDirectory();

    try (Mounted _ = Mounted.bind(disk, place)) {
      assertThat(cli.ok("now").out()).contains(name + ": pushed 2 snapshots");
      assertThat(marks(disk)).hasSize(1);
    }
  }

  @Test
  void now_placeEmptied_isRefusedUntilItIsAccepted() throws Exception {
    String name = configure(Way.DIRECTORY);
    cli.ok("now");
    DurableFiles.deleteTree(place);
    Files.createDirectory(place);

    refused(LOST);
    assertThat(place).isEmptyDirectory();
    assertThat(cli.run("push", "latest", "--accept", "directory:/other").exitCode()).isEqualTo(2);
    cli.ok("push", "--all-missing", "--accept", name);

    assertThat(copies()).isEqualTo(2);
    assertThat(marks(place)).hasSize(1);
    cli.ok("now");
  }

  @ParameterizedTest
  @EnumSource
  void now_copiesGoneAndTheMarkStillThere_isRefusedUntilItIsAccepted(Way way) throws Exception {
    String name = configure(way);
    cli.ok("now");
    DurableFiles.deleteTree(place.resolve("laptop"));

    refused("holds no snapshot of this data root any more");
    assertThat(place.resolve("laptop")).doesNotExist();
    cli.ok("push", "latest", "--accept", name);
    cli.ok("now");
  }

  @Test
  void now_placeFromBeforeThereWereMarks_isAdopted() throws Exception {
    configure(Way.DIRECTORY);
    cli.ok("now");
    Files.delete(place.resolve(marks(place).getFirst()));
    Files.delete(cli.backups().resolve("places.json"));

    cli.ok("now");

    assertThat(copies()).isEqualTo(2);
    assertThat(marks(place)).hasSize(1);
    Files.delete(place.resolve(marks(place).getFirst()));
    refused(LOST);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void now_firstPushWentToABareMountPoint_thatIsForgottenOnceTheDiskIsAccepted() throws Exception {
    String name = configure(Way.DIRECTORY);
    cli.ok("now");
    try (Mounted _ = Mounted.tmpfs(place)) {
      refused(LOST);
      cli.ok("push", "--all-missing", "--accept", name);
    }

    refused(LOST);
    assertThat(copies()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"places\":{"})
  @EnabledOnOs(OS.LINUX)
  void now_whatPlacesWereKnownByIsLost_doesNotTakeABareMountPoint(String left) throws Exception {
    configure(Way.DIRECTORY);
    Path known = cli.backups().resolve("places.json");
    try (Mounted _ = Mounted.bind(disk, place)) {
      cli.ok("now");
    }
    Files.delete(known);
    if (!left.isEmpty()) {
      Files.writeString(known, left);
    }

    refused("neither a mark nor a snapshot");
    assertThat(place).isEmptyDirectory();
    try (Mounted _ = Mounted.bind(disk, place)) {
      cli.ok("now");
      assertThat(copies()).isEqualTo(3);
    }
    refused(LOST);
  }

  @Test
  void now_placeBehindALink_isListedAndKnownAgain() throws Exception {
    Path link = Files.createSymbolicLink(scratch.resolve("link"), place);
    configure(cli, "directory: { path: \"%s\" }".formatted(link), "laptop");
    cli.ok("now");
    cli.ok("now");
    Files.move(place.resolve("laptop"), disk.resolve("laptop"));
    Files.createSymbolicLink(place.resolve("laptop"), disk.resolve("laptop"));

    cli.ok("now");

    assertThat(cli.ok("list", "--from", "directory:" + link).out().lines())
        .filteredOn(line -> line.contains("  laptop  "))
        .hasSize(3);
  }

  @Test
  void now_disksThatTakeTurns_areBothKnownOnceTheSecondWasAccepted() throws Exception {
    String name = configure(Way.DIRECTORY);
    cli.ok("now");
    Path first = scratch.resolve("first");
    Path second = scratch.resolve("second");
    Files.move(place, first);
    Files.createDirectory(place);
    cli.ok("push", "--all-missing", "--accept", name);
    Files.move(place, second);

    Files.move(first, place);
    cli.ok("now");
    Files.move(place, first);
    Files.move(second, place);

    cli.ok("now");
  }

  @Test
  void now_secondMachineInOnePlace_knowsItByTheMarkThatIsThere() throws Exception {
    configure(Way.DIRECTORY);
    CommandLineFixture other = machine("other");
    configure(other, Way.DIRECTORY.configuration.formatted(place), "desktop");

    cli.ok("now");
    other.ok("now");
    cli.ok("now");

    assertThat(marks(place)).hasSize(1);
    assertThat(copies()).isEqualTo(3);
  }

  /** It is the same idea by the user's own hand. */
  @Test
  void now_markerConfigured_leavesNoOther() throws Exception {
    configure(cli, "directory: { path: \"%s\", marker: .mounted }".formatted(place), "laptop");
    Files.createFile(place.resolve(".mounted"));

    cli.ok("now");

    assertThat(marks(place)).isEmpty();
    assertThat(cli.backups().resolve("places.json")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void doctor_placeOnTheDiskOfTheData_warns(Way way) throws Exception {
    configure(way);
    cli.ok("now");

    assertThat(cli.run("doctor").out()).contains(place + " lies on the same disk as the data root");
  }

  /** What can be restored from is read, whatever place it is. */
  @Test
  void pull_copiesInAPlaceThatLostItsMark_works() throws Exception {
    configure(Way.DIRECTORY);
    cli.ok("now");
    Files.delete(place.resolve(marks(place).getFirst()));
    String id = Listing.of(place.resolve("laptop")).getFirst().split("/", -1)[0];
    DurableFiles.deleteTree(cli.backups().resolve(id));

    cli.ok("pull", id);
    assertThat(cli.ok("list", "--remote").out()).contains(id);
  }
}
