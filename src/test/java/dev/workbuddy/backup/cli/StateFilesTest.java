package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import dev.workbuddy.backup.cli.CommandLineFixture.Ran;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.JsonLines;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.testing.ProgramClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each of the program's own files in each shape that somebody, or a broken disk, may have given it:
 * a snapshot is taken all the same, and everything that looks says what is wrong in words.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateFilesTest {
  private static final String ROOT = "dev.workbuddy.backup.";

  /**
   * Who reads which file. The newest snapshot's files are meant where the name has no directory.
   */
  private static final Map<String, String> READERS =
      Map.ofEntries(
          Map.entry("runs.LastRunFile", "last_run.json"),
          Map.entry("runs.RunHistory", "runs.jsonl"),
          Map.entry("runs.RestoreHistory", "restores.jsonl"),
          Map.entry("runs.DrillHistory", "drills.jsonl"),
          Map.entry("guard.AlarmFile", "alarms.json"),
          Map.entry("schedule.SidecarPidFile", "sidecar.json"),
          Map.entry("schedule.JobStates", "sidecar_jobs.json"),
          Map.entry("health.ProbeCache", "health.json"),
          Map.entry("remote.folder.PlaceMemory", "places.json"),
          Map.entry("snapshot.LocalStore", "*/HOLD.json"),
          Map.entry("snapshot.SnapshotReader", "*/MANIFEST.json"),
          Map.entry("snapshot.Checksums", "*/SHA256SUMS"),
          Map.entry("snapshot.IdentityFile", "identity.json"),
          Map.entry("snapshot.RecoveredStore", "recovered/notes/RECOVERED.json"));

  /** They read what another program wrote a moment before into a file made for it. */
  private static final Set<String> NO_STATE =
      Set.of("remote.rclone.RcloneReadBack", "backup.Predecessor", "cli.Environment");

  /** HostileNotesTest has those of restores, QuestionsTest those of agents' questions. */
  private static final Set<String> WITH_TESTS_OF_THEIR_OWN =
      Set.of(
          "capability.QuestionFiles",
          "restore.SwapJournal",
          "restore.SwapMarker",
          "restore.ReplacedData",
          "restore.ElsewhereNote");

  private static final Set<String> SET_ASIDE_BY_NOW =
      Set.of("last_run.json", "runs.jsonl", "alarms.json");

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private CommandLineFixture cli;
  private Path elsewhere;
  private String snapshot;
  private List<Path> history;
  private Map<String, byte[]> sound;

  @BeforeAll
  void makeOneOfEach(@TempDir Path directory) throws Exception {
    elsewhere = Files.writeString(directory.resolve("elsewhere.txt"), "{\"theirs\": true}\n");
    Path data = Files.createDirectory(directory.resolve("app"));
    cli = new CommandLineFixture(data);
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup/wb-backup");
    Files.createDirectories(cli.live("notes.db").resolveSibling("."));
    cli.sql(
        "notes.db",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            + " INSERT INTO notes (text) SELECT 'note ' || i FROM n");
    Files.writeString(
        data.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    cli.ok("now");
    cli.ok("drill", "--local");
    cli.ok("restore", "latest", "--yes");
    cli.sql("notes.db", "DELETE FROM notes");
    assertThat(cli.run("now").exitCode()).as("an alarm").isEqualTo(5);
    history = snapshots();
    snapshot =
        history.stream()
            .filter(entry -> Files.exists(entry.resolve("HOLD.json")))
            .map(entry -> entry.getFileName().toString())
            .findFirst()
            .orElseThrow();
    Instant now = Instant.parse("2026-03-04T05:06:00Z");
    new SidecarPidFile(ProcessIdentity.ofThisProcess(), "host", now).write(cli.backups());
    JobState job = JobState.seen("0 * * * *", now).started(now);
    JobError error = new JobError("failed", "why", "what to do");
    new JobStates(Map.of("job", job.finished("failed", error, now)), List.of("a problem"))
        .write(cli.backups());
    Files.writeString(
        cli.backups().resolve("health.json"),
        """
        {"findings": {"place": {"at": "2026-03-04T05:06:00Z",
         "finding": {"condition": "ok", "detail": "reached", "next": ""}}}}
        """);
    Files.writeString(
        cli.backups().resolve("places.json"),
        """
        {"places": {"directory:/mnt/nas": {"marks": ["WB-BACKUP-PLACE-0123456789abcdef.txt"],
         "namespace": "laptop", "newest": "snap-2026-03-04T05-06-00Z"}}}
        """);
    Path recovered = Files.createDirectories(cli.backups().resolve("recovered/notes"));
    Files.writeString(recovered.resolve("recovered.db"), "");
    Files.writeString(
        recovered.resolve("RECOVERED.json"),
        """
        {"database": "notes", "file": "/elsewhere/notes.db", "recovered_at": "2026-03-04T05:06:00Z",
         "by": "table by table", "damage": "malformed", "damaged_sha256": "00", "good_snapshot": null,
         "rows": {"notes": 300}, "left": ["some rows"]}
        """);
    sound =
        READERS.values().stream()
            .collect(Collectors.toMap(name -> name, name -> content(path(name))));
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith("snap-")).toList();
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError("the scene lacks " + file, e);
    }
  }

  private byte[] sound(String name) {
    return Objects.requireNonNull(sound.get(name), name);
  }

  private Path path(String name) {
    return cli.backups().resolve(name.replace("*", snapshot));
  }

  @BeforeEach
  void mend() throws IOException {
    for (Path taken : snapshots()) {
      if (!history.contains(taken)) {
        DurableFiles.deleteTree(taken);
      }
    }
    for (Map.Entry<String, byte[]> file : sound.entrySet()) {
      HostileShape.clear(path(file.getKey()));
      Files.write(path(file.getKey()), file.getValue());
      for (String end : List.of(".unreadable", ".unreadable-2", ".unreadable-3")) {
        HostileShape.clear(aside(file.getKey(), end));
      }
    }
  }

  private Path aside(String name, String end) {
    Path file = path(name);
    return file.resolveSibling(file.getFileName() + end);
  }

  /** Records that are read on their own are hostile side by side, the others one at a time. */
  static Stream<Arguments> everyFileInEveryShape() {
    List<List<String>> groups =
        Stream.concat(
                Stream.of(READERS.values().stream().filter(StateFilesTest::isRecord).toList()),
                READERS.values().stream().filter(name -> !isRecord(name)).map(List::of))
            .toList();
    return groups.stream()
        .flatMap(
            names -> Stream.of(HostileShape.values()).map(shape -> Arguments.of(names, shape)));
  }

  private static boolean isRecord(String name) {
    return !name.contains("*") && !isOfTheGuard(name);
  }

  @Test
  void whateverReadsAStateFileIsCoveredHere() {
    Set<String> readers =
        ProgramClasses.all().stream()
            .flatMap(type -> type.getConstructorCallsFromSelf().stream())
            .filter(StateFilesTest::makesAReader)
            .map(call -> call.getOriginOwner().getName().substring(ROOT.length()))
            .filter(reader -> !reader.startsWith("io."))
            .filter(
                reader -> !NO_STATE.contains(reader) && !WITH_TESTS_OF_THEIR_OWN.contains(reader))
            .collect(Collectors.toSet());
    assertThat(readers).isEqualTo(READERS.keySet());
  }

  private static boolean makesAReader(JavaConstructorCall call) {
    return call.getTargetOwner().isEquivalentTo(StateFile.class)
        || call.getTargetOwner().isEquivalentTo(JsonLines.class);
  }

  @ParameterizedTest
  @MethodSource("everyFileInEveryShape")
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
  void now_fileOfHostileShape_takesASnapshotAndAllThatLooksEndsInWords(
      List<String> names, HostileShape shape) throws Exception {
    for (String name : names) {
      HostileShape.clear(path(name));
      shape.write(path(name), sound(name), elsewhere);
    }

    requireWords(cli.run("doctor"));
    requireWords(cli.run("list"));
    String said = takesASnapshot();

    assertThat(elsewhere).hasContent("{\"theirs\": true}");
    assertThat(elsewhere.resolveSibling("nothing")).doesNotExist();
    for (String name : names) {
      requireSetAside(name, shape, said);
    }
  }

  private void requireSetAside(String name, HostileShape shape, String said) {
    boolean readable = shape == HostileShape.NOT_PERMITTED && Files.isReadable(path(name));
    if (SET_ASIDE_BY_NOW.contains(name) && !readable && !(shape.isText() && isLines(name))) {
      assertThat(Files.exists(aside(name, ".unreadable"), LinkOption.NOFOLLOW_LINKS)).isTrue();
      assertThat(said).contains(name);
      if (shape == HostileShape.DIRECTORY) {
        assertThat(aside(name, ".unreadable").resolve("mine")).hasContent("mine");
      }
    }
    if (name.endsWith("HOLD.json") && !readable) {
      assertThat(cli.run("list", "--json").out()).contains(snapshot, "unreadable HOLD.json");
    }
  }

  private static boolean isLines(String name) {
    return name.endsWith(".jsonl");
  }

  /** Side by side, since each of these is read on its own. */
  static Stream<List<String>> documents() {
    return Stream.of(
        READERS.values().stream()
            .filter(name -> !name.endsWith("SHA256SUMS") && !isOfTheGuard(name))
            .toList(),
        READERS.values().stream().filter(StateFilesTest::isOfTheGuard).toList());
  }

  private static boolean isOfTheGuard(String name) {
    return name.endsWith("alarms.json") || name.endsWith("MANIFEST.json");
  }

  @ParameterizedTest
  @MethodSource("documents")
  @Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
  void now_eachFieldMissingNullOrOfAnotherKind_takesASnapshotAllTheSame(List<String> names)
      throws Exception {
    Map<String, List<String>> variants = new TreeMap<>();
    names.forEach(name -> variants.put(name, variants(new String(sound(name), UTF_8))));
    int rounds = variants.values().stream().mapToInt(List::size).max().orElseThrow();
    assertThat(rounds).isGreaterThan(20);
    for (int round = 0; round < rounds; round++) {
      Map<String, String> now = new TreeMap<>();
      for (Map.Entry<String, List<String>> file : variants.entrySet()) {
        String variant = file.getValue().get(round % file.getValue().size());
        now.put(file.getKey(), variant);
        Files.writeString(path(file.getKey()), variant);
      }
      try {
        requireWords(cli.run("doctor"));
        takesASnapshot();
      } catch (AssertionError e) {
        throw new AssertionError(now.toString(), e);
      }
      mend();
    }
  }

  /** The text's last document with each of its values changed, one at a time. */
  private static List<String> variants(String text) {
    boolean lines = text.strip().lines().allMatch(line -> line.endsWith("}"));
    JsonNode document = MAPPER.readTree(lines ? text.strip().lines().toList().getLast() : text);
    List<String> variants = new ArrayList<>();
    vary(document, document, variants);
    return variants;
  }

  private static void vary(JsonNode root, JsonNode node, List<String> variants) {
    if (node instanceof ObjectNode object) {
      for (String key : List.copyOf(object.propertyNames())) {
        JsonNode value = object.get(key);
        vary(root, value, variants);
        object.remove(key);
        variants.add(root.toString());
        for (JsonNode other : List.of(MAPPER.nullNode(), MAPPER.readTree(other(value)))) {
          object.set(key, other);
          variants.add(root.toString());
        }
        object.set(key, value);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        vary(root, value, variants);
        array.set(i, MAPPER.nullNode());
        variants.add(root.toString());
        array.set(i, value);
      }
    }
  }

  private static String other(JsonNode value) {
    if (value.isNumber()) {
      return "9223372036854775807";
    }
    if (value.isString()) {
      return value.asString().contains("T")
          ? "\"+999999999-12-31T23:59:59Z\""
          : "\"\\u0000../../\\u001b[2J\"";
    }
    return "7";
  }

  private String takesASnapshot() {
    Ran now = cli.run("now");
    requireWords(now);
    assertThat(now.exitCode()).as(now.toString()).isIn(0, 5);
    return now.out() + now.err();
  }

  private static void requireWords(Ran ran) {
    assertThat(ran.out() + ran.err())
        .doesNotContain("Exception", "java.", "tools.jackson", "\tat ", "internal");
  }
}
