package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.cli.CommandLineFixture.Ran;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Mounted;
import dev.workbuddy.backup.testing.SmallDisk;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Every kind of mount around live data, and what each command makes of it. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@SuppressWarnings("NullAway.Init") // Each test begins with its scene.
class MountsTest {
  private static final int DONE = 0;
  private static final int REFUSED = 3;
  private static final int BUSY = 6;

  /** What is mounted where, and what is said of it. */
  enum Scene {
    BELOW(REFUSED, REFUSED, "something is mounted on ") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        Files.createDirectory(live.resolve("uploads"));
        return Mounted.bind(volume(other), live.resolve("uploads"));
      }
    },
    FILE(REFUSED, REFUSED, "something is mounted on ") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        Files.move(live.resolve("notes.db"), other.resolve("notes.db"));
        Files.createFile(live.resolve("notes.db"));
        return Mounted.bind(other.resolve("notes.db"), live.resolve("notes.db"));
      }
    },
    ON_ITSELF(REFUSED, REFUSED, "is a mount point") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        return Mounted.bind(live, live);
      }
    },
    ABOVE(DONE, DONE, "") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        return Mounted.bind(live.resolveSibling("."), other);
      }
    },
    ABOVE_IN_ANOTHER_NAMESPACE(DONE, DONE, "") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        return Mounted.inAnotherNamespace(BIND + WAIT, live.resolveSibling("."), other);
      }
    },
    ANOTHER_VIEW(REFUSED, DONE, "under another name") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        return Mounted.bind(live, other);
      }
    },
    ANOTHER_VIEW_OF_A_FILE(REFUSED, DONE, "under another name") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        return Mounted.bind(live.resolve("notes.db"), volume(other).resolve("a"));
      }
    },
    VIEW_IN_ANOTHER_NAMESPACE(REFUSED, DONE, "by a mount of its own") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        return Mounted.inAnotherNamespace(BIND + WAIT, live, other);
      }
    },
    BELOW_IN_ANOTHER_NAMESPACE(REFUSED, DONE, "which only it sees") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        Files.createDirectory(live.resolve("uploads"));
        return Mounted.inAnotherNamespace(BIND + WAIT, volume(other), live.resolve("uploads"));
      }
    },
    IN_USE_THROUGH_A_VIEW(BUSY, DONE, "by a mount of its own") {
      @Override
      Mounted mount(Path live, Path other) throws Exception {
        Tools.require("python3");
        return Mounted.inAnotherNamespace(BIND + "exec python3 -c '" + HOLD + "' $2", live, other);
      }
    };

    private static final String BIND = "mount --bind \"$1\" \"$2\" || exit 1; ";
    private static final String WAIT = "echo ready; cat";
    private static final String HOLD =
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1] + "/notes.db")
        db.execute("SELECT count(*) FROM notes").fetchall()
        print("ready", flush=True)
        sys.stdin.read()
        """;

    final int restore;
    final int rehearsal;
    final String words;

    Scene(int restore, int rehearsal, String words) {
      this.restore = restore;
      this.rehearsal = rehearsal;
      this.words = words;
    }

    /** Something else may go into the other directory. */
    abstract Mounted mount(Path live, Path other) throws Exception;

    static Path volume(Path other) throws Exception {
      Path volume = Files.createDirectories(other.resolve("volume"));
      Files.writeString(volume.resolve("a"), "theirs");
      return volume;
    }
  }

  @TempDir Path directory;
  private CommandLineFixture cli;
  private String first;

  /** With something to roll back, and something lost since. */
  private void begin(Path place) throws Exception {
    cli = new CommandLineFixture(place);
    Files.createDirectories(cli.live("notes.db").resolveSibling("."));
    cli.sql(
        "notes.db",
        "PRAGMA journal_mode = WAL",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)",
        "INSERT INTO notes (text) VALUES ('one'), ('two'), ('three')");
    Files.writeString(
        place.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    cli.ok("now");
    first = newest();
    cli.ok("restore", first);
    cli.sql("notes.db", "DELETE FROM notes WHERE id = 2");
  }

  private String newest() throws Exception {
    return lastRun().path("snapshot_id").asString();
  }

  private JsonNode lastRun() throws Exception {
    return Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
  }

  @ParameterizedTest
  @EnumSource
  void everyCommand_mount_isWhatItMustBe(Scene scene) throws Exception {
    Path place = Files.createDirectory(directory.resolve("app"));
    Path other = Files.createDirectory(directory.resolve("other"));
    begin(place);
    Path live = cli.live("notes.db").resolveSibling(".").normalize();
    try (Mounted mounted = scene.mount(live, other)) {
      foretold(scene, mounted);
      List<String> before = beside();
      refusedOrDone(scene, mounted, "restore", first);
      refusedOrDone(scene, mounted, "restore", first, "--only", "notes");
      refusedOrDone(scene, mounted, "rollback");
      if (scene.restore != DONE) {
        assertThat(beside()).isEqualTo(before);
        assertThat(cli.rows("notes.db")).isEqualTo(2);
      }
      cli.ok("restore", first, "--to", directory.resolve("elsewhere").toString());
      cli.ok("rescue", first, "--apply");
      assertThat(cli.rows("notes.db")).isEqualTo(3);
      if (Files.exists(other.resolve("volume"))) {
        assertThat(other.resolve("volume/a")).exists();
      }
    }
    cli.ok("restore", first);
    cli.ok("now");
    cli.ok("rollback");
  }

  private List<String> beside() throws Exception {
    return Listing.of(cli.backups().resolveSibling(".")).stream()
        .filter(name -> name.contains("db.") || name.contains(".swap"))
        .filter(name -> !name.contains("/"))
        .toList();
  }

  /** By what looks, before the day on which a restore is needed. */
  private void foretold(Scene scene, Mounted mounted) throws Exception {
    Ran now = cli.ok("now", "--quiet");
    Ran doctor = cli.run("doctor");
    Ran rehearsed = cli.run("restore", first, "--dry-run");
    Ran init =
        cli.ok(
            "init",
            cli.live("").toString(),
            "--quiet",
            "--config-dir",
            directory.resolve("new").toString());
    assertThat(rehearsed.exitCode()).as(rehearsed.toString()).isEqualTo(scene.rehearsal);
    if (scene.restore == DONE) {
      assertThat(now.err() + init.err()).isEmpty();
      assertThat(doctor.out()).contains("a restore can replace");
      return;
    }
    assertThat(lastRun().path("warnings").toString()).contains(scene.words);
    for (String said :
        List.of(now.err(), doctor.out(), rehearsed.out() + rehearsed.err(), init.err())) {
      assertThat(said).contains(scene.words);
      if (mounted.pid() != ProcessHandle.current().pid()) {
        assertThat(said).contains("pid " + mounted.pid());
      }
    }
  }

  private void refusedOrDone(Scene scene, Mounted mounted, String... command) {
    Ran ran = cli.run(command);
    assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(scene.restore);
    if (scene.restore == REFUSED) {
      assertThat(ran.err()).contains(scene.words, "unmount it", "Nothing was changed");
    }
    if (scene.restore == BUSY) {
      assertThat(ran.err()).contains("pid " + mounted.pid(), "python3", "notes.db open");
    }
  }

  @Test
  void restore_mountBelow_hasACodeOfItsOwn() throws Exception {
    begin(directory);
    Path live = cli.live("notes.db").resolveSibling(".").normalize();
    Path other = Files.createDirectory(directory.resolve("other"));
    try (Mounted _ = Scene.BELOW.mount(live, other)) {
      assertThat(cli.run("restore", first, "--json").out()).contains("\"live-directory-mounted\"");
    }
  }

  @Test
  void everyCommand_dataOnADiskOfItsOwn_works() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 64)) {
      begin(Files.createDirectory(disk.root().resolve("app")));
      cli.ok("rollback");
      cli.ok("restore", first);
      assertThat(cli.ok("now", "--quiet").err()).isEmpty();
    }
  }
}
