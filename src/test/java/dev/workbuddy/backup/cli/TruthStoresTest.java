package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.testing.Listing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the original's snapshots hold beside the databases, sound and broken in every way. */
class TruthStoresTest {
  private static final String ID = "snap-2026-02-01T00-00-00Z";
  private static final String TASKS = "tasks/task_metadata.db";
  private static final String STORE = "truth_stores/t1/";
  private static final String CLAIMS = STORE + "claims.jsonl";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private CommandLineFixture cli;

  /** Entries of the tarball, and members of the store with their sums, by name. */
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private final Map<String, String> members = new LinkedHashMap<>();

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    put(STORE + "store.yaml", "name: t1");
    put(CLAIMS, "{}");
    entries.forEach((name, content) -> members.put(name, Checksums.sha256(content)));
  }

  private void put(String name, String text) {
    entries.put(name, text.getBytes(UTF_8));
    members.put(name, "");
  }

  private byte[] database() throws Exception {
    Path file = elsewhere.resolve("packed.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)");
      statement.execute("INSERT INTO notes (text) VALUES ('one'), ('two'), ('three')");
      statement.execute("PRAGMA user_version = 3");
    }
    return Files.readAllBytes(file);
  }

  private byte[] manifest() {
    Map<String, String> store = new LinkedHashMap<>();
    store.put("store_id", "t1");
    store.put("path", "/home/me/truth");
    store.put("backup_status", "included");
    int each = 0;
    for (Map.Entry<String, String> member : members.entrySet()) {
      store.put("f" + each + "_member", member.getKey());
      store.put("f" + each++ + "_sha256", member.getValue());
    }
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("snapshot_ts", ID.substring("snap-".length()));
    manifest.put("manifest_version", 1);
    manifest.put("host", "laptop");
    manifest.put("schema_versions", Map.of("tasks", 3));
    manifest.put("row_counts", Map.of("tasks", Map.of("notes", 3)));
    manifest.put("truth_stores", List.of(store));
    return Json.bytes(manifest);
  }

  private void pack() throws Exception {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("MANIFEST.json", manifest());
    all.put("task_metadata.db", database());
    all.putAll(entries);
    Path tarball =
        Files.createDirectories(cli.backups().resolve(ID)).resolve("work-buddy-backup.tar.gz");
    try (OutputStream file = Files.newOutputStream(tarball);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        TarArchiveEntry header = new TarArchiveEntry(entry.getKey(), true);
        header.setSize(entry.getValue().length);
        tar.putArchiveEntry(header);
        tar.write(entry.getValue());
        tar.closeArchiveEntry();
      }
    }
  }

  /** Everything below the data root but what each run writes down. */
  private Map<String, String> live() throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (String name : Listing.of(directory.resolve(".data"))) {
      Path file = directory.resolve(".data").resolve(name);
      boolean record = name.startsWith("backups/") && !name.startsWith("backups/snap-");
      if (!record && Files.isRegularFile(file) && !name.endsWith("DAMAGE.json")) {
        content.put(name, name.endsWith("-shm") ? "" : Checksums.sha256(file));
      }
    }
    return content;
  }

  private static JsonNode json(CommandLineFixture.Ran ran) {
    return Json.parse(ran.out().getBytes(UTF_8));
  }

  /** One file beside the databases that nobody can use; what is broken is said by its name. */
  private void breakStore(String how) {
    switch (how) {
      case "sum" -> members.put(CLAIMS, "0".repeat(64));
      case "member-lacks" -> entries.remove(CLAIMS);
      case "member-is-a-database" -> members.put("task_metadata.db", "0".repeat(64));
      case "member-is-the-manifest" -> members.put("MANIFEST.json", "0".repeat(64));
      case "member-climbs" -> members.put("../../x", "");
      case "member-is-long" -> members.put(STORE + "x".repeat(300), "");
      case "file-in-a-file" -> put(CLAIMS + "/more", "x");
      case "path-is-long" -> put(STORE + ("d".repeat(100) + "/").repeat(12) + "x", "x");
      case "name-of-ours" -> put(".wb-backup-unpacked/x", "x");
      default -> throw new AssertionError(how);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum",
        "member-lacks",
        "member-is-a-database",
        "member-is-the-manifest",
        "member-climbs",
        "member-is-long",
        "file-in-a-file",
        "path-is-long",
        "name-of-ours"
      })
  void brokenStore_isDamageOfAllAndKeepsNoDatabaseFromComingBack(String how) throws Exception {
    breakStore(how);
    pack();
    cli.sql(TASKS, "DELETE FROM notes");
    Map<String, String> before = live();
    Path target = elsewhere.resolve("target");

    for (List<String> whole :
        List.of(List.of("--yes"), List.of("--to", target.toString()), List.of("--yes"))) {
      List<String> command = new ArrayList<>(List.of("restore", ID));
      command.addAll(whole);
      var refused = cli.run(command.toArray(String[]::new));
      assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
      assertThat(refused.err()).contains("--only tasks").doesNotContain("Exception");
      assertThat(target).doesNotExist();
      assertThat(live()).isEqualTo(before);
      assertThat(cli.run("verify", ID).exitCode()).as("also once it is marked").isEqualTo(4);
      assertThat(cli.run("list").out()).contains("damaged");
    }
    assertThat(cli.ok("rescue", ID, "--apply", "--yes").out()).contains("3");
    assertThat(cli.rows(TASKS)).isEqualTo(3);
    cli.sql(TASKS, "DELETE FROM notes");
    cli.ok("restore", ID, "--only", "tasks", "--yes");
    assertThat(cli.rows(TASKS)).isEqualTo(3);
    assertThat(directory.resolve(".data/db/restored_files")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 300, 5000})
  void nameThatNoDiskTakes_isRefusedInOurWordsAndNothingStays(int length) throws Exception {
    put(STORE + "é".repeat(length / 2), "x");
    pack();
    Map<String, String> before = live();
    Path target = elsewhere.resolve("target");

    for (String[] command :
        new String[][] {
          {"restore", ID, "--yes"}, {"restore", ID, "--to", target.toString()}, {"verify", ID}
        }) {
      var refused = cli.run(command);
      assertThat(refused.exitCode()).as(refused.toString()).isIn(3, 4);
      assertThat(refused.out() + refused.err()).contains("the name", "was refused");
      assertThat(target).doesNotExist();
      assertThat(live()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks", "tasks/task_metadata.db", "tasks/task_metadata.db/x"})
  void nameWhereADatabaseGoes_isRefusedWhereTheyWouldMeet(String name) throws Exception {
    put(name, "x");
    pack();
    Path target = elsewhere.resolve("target");

    var refused = cli.run("restore", ID, "--to", target.toString());

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
    assertThat(refused.err()).contains(name + " is in the way of the database tasks", "--only");
    assertThat(target).doesNotExist();
    assertThat(cli.run("restore", ID, "--yes").exitCode()).isEqualTo(5);
    assertThat(directory.resolve(".data/db/restored_files/" + ID + "/" + name)).exists();
  }

  @Test
  void soundStore_isNamedByShowAndByBothRestores() throws Exception {
    pack();
    Path target = elsewhere.resolve("target");

    assertThat(cli.ok("show", ID).out())
        .contains("truth store t1  /home/me/truth: included", "  " + CLAIMS);
    JsonNode store = json(cli.ok("show", ID, "--json")).path("truth_stores").path(0);
    assertThat(store.path("id").asString()).isEqualTo("t1");
    assertThat(store.path("files").valueStream().map(JsonNode::asString)).contains(CLAIMS);

    var aside = cli.run("restore", ID, "--to", target.toString());
    assertThat(aside.out()).contains(CLAIMS + "  " + CLAIMS + ", no database");
    assertThat(target.resolve(CLAIMS)).hasContent("{}");
    var live = cli.run("restore", ID, "--yes", "--json");
    assertThat(json(live).path("plan").path("beside").path(CLAIMS).asString())
        .isEqualTo("restored_files/" + ID + "/" + CLAIMS);
    assertThat(directory.resolve(".data/db/restored_files/" + ID + "/" + CLAIMS)).hasContent("{}");
  }

  @Test
  void rollback_directoriesOfTheStores_goWhereNothingElseIsInThem() throws Exception {
    pack();
    Path restored = directory.resolve(".data/db/restored_files");
    Path empty = Files.createDirectory(directory.resolve(".data/db/empty"));
    assertThat(cli.run("restore", ID, "--yes").exitCode()).isEqualTo(5);

    assertThat(cli.ok("rollback", "--yes").out()).doesNotContain("stays");
    assertThat(restored).doesNotExist();
    assertThat(empty).as("it was there before").isEmptyDirectory();

    assertThat(cli.run("restore", ID, "--yes").exitCode()).isEqualTo(5);
    Path mine = Files.writeString(restored.resolve(ID).resolve("mine.txt"), "mine");
    assertThat(cli.ok("rollback", "--yes").out())
        .contains("restored_files/" + ID + " stays: it holds files");
    assertThat(mine).hasContent("mine");
    assertThat(Listing.of(restored)).noneMatch(name -> name.contains("truth_stores"));
  }
}
