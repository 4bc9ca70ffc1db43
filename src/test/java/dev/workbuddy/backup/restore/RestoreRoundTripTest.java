package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.sqlite.SideFiles;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back is what was snapshotted, and nothing else changes. */
class RestoreRoundTripTest {
  @TempDir Path root;
  private Site site;

  @BeforeEach
  void liveDatabases() throws IOException {
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void run_liveDataChangedAndDamaged_everyRowComesBack(long seed) throws Exception {
    Map<String, List<String>> before = site.content();
    BackupResult snapshot = site.snapshot();
    damage(new Random(seed));
    assertThat(Tree.of(site.db())).isNotEmpty();

    RestoreResult result = site.restore(snapshot.snapshotId());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.warnings())
        .allMatch(warning -> warning.contains("nothing here tells whether the application knows"));
    assertThat(site.content()).isEqualTo(before);
    assertThat(before.get("tasks")).contains("journal_mode [wal]");
    assertThat(before.get("projects")).contains("journal_mode [delete]");
    assertThat(site.leftovers()).isEmpty();
  }

  /** For each database something else that a user may find in the morning. */
  private void damage(Random random) throws IOException {
    for (VitalDatabase database : Site.DATABASES) {
      Path file = site.file(database);
      switch (random.nextInt(5)) {
        case 0 -> Databases.execute(file, "DELETE FROM item", "DROP INDEX item_name");
        case 1 -> Files.delete(file);
        case 2 -> Files.write(file, new byte[0]);
        case 3 -> {
          byte[] noise = new byte[20_000];
          random.nextBytes(noise);
          Files.write(file, noise);
        }
        default -> Databases.insert(file, random.nextLong(), 20);
      }
    }
  }

  @Test
  void run_sameSnapshotTwice_givesTheSameBytes() throws Exception {
    BackupResult snapshot = site.snapshot();
    site.restore(snapshot.snapshotId());
    Map<String, String> first = Tree.of(site.db());
    Databases.insert(site.file(TASKS), 9, 5);

    site.restore(snapshot.snapshotId());

    assertThat(Tree.of(site.db())).isEqualTo(first);
  }

  @Test
  void run_sideFilesOfTheOldDatabases_neverMeetTheNewOnes() throws Exception {
    Tools.require("python3");
    Map<String, List<String>> before = site.content();
    BackupResult snapshot = site.snapshot();
    Databases.commitAndDie(site.file(TASKS), 40);
    Databases.commitAndDie(site.file(NOTES), 40);
    Files.writeString(Path.of(site.file(PROJECTS) + "-journal"), "not a journal");

    site.restore(snapshot.snapshotId());

    for (VitalDatabase database : Site.DATABASES) {
      for (String side : SideFiles.of(site.file(database).toString())) {
        assertThat(Path.of(side)).doesNotExist();
      }
    }
    assertThat(site.content()).isEqualTo(before);
  }

  @Test
  void run_oldDataWithSideFiles_keptIsExactlyTheReplacedDatabasesAndANote() throws Exception {
    Tools.require("python3");
    BackupResult snapshot = site.snapshot();
    Files.writeString(site.db().resolve("tasks/other.txt"), "carried over");
    Databases.commitAndDie(site.file(TASKS), 40);
    Map<String, String> old = new TreeMap<>(Tree.of(site.db()));
    Map<String, List<String>> oldContent = site.content();

    RestoreResult result = site.restore(snapshot.snapshotId());

    Path kept = Path.of(Objects.requireNonNull(result.kept()));
    assertThat(site.kept()).containsExactly(kept);
    assertThat(site.content(kept)).isEqualTo(oldContent);
    assertThat(Objects.toString(oldContent.get("tasks"))).contains("left in the wal 39");
    Map<String, String> files = Tree.of(kept);
    assertThat(files.keySet()).contains(TASKS.path() + "-wal").doesNotContain("tasks/other.txt");
    old.remove("tasks/other.txt");
    files.remove(".wb-backup-kept.json");
    String index = TASKS.path() + "-shm"; // rewritten by whoever opens what a dead process left
    assertThat(files.remove(index)).isNotNull();
    old.remove(index);
    assertThat(files).isEqualTo(old);
  }

  @Test
  void run_otherFilesInTheLiveDirectory_areTheSameFilesAfterwards() throws Exception {
    Tools.require("python3");
    BackupResult snapshot = site.snapshot();
    Path other = site.db().resolve("deep/cache.db");
    Databases.create(other, "wal", 8);
    Databases.commitAndDie(other, 10);
    write("settings.json", "{}");
    write("projects.db.bak", "looks like a database's");
    write("projects.db-wal2", "is no side file");
    write("a/b/c/deep.txt", "deep");
    Files.createDirectories(site.db().resolve("empty"));
    Files.setPosixFilePermissions(
        site.db().resolve("a/b"), PosixFilePermissions.fromString("rwx-----x"));
    Files.createSymbolicLink(site.db().resolve("a/link"), Path.of("../settings.json"));
    Files.createSymbolicLink(site.db().resolve("a/dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(site.db().resolve("a/loop"), Path.of("loop"));
    Files.createSymbolicLink(site.db().resolve("outside"), root);
    Map<String, String> others = withoutDatabases(Tree.of(site.db()));
    Map<String, Object> identities = identities(others.keySet());
    List<String> otherContent = Databases.content(other);
    Databases.execute(site.file(PROJECTS), "DELETE FROM item");

    RestoreResult result = site.restore(snapshot.snapshotId());

    assertThat(withoutDatabases(Tree.of(site.db()))).isEqualTo(others);
    assertThat(identities(others.keySet())).isEqualTo(identities);
    assertThat(Databases.content(other)).isEqualTo(otherContent);
    assertThat(result.plan().carriedOver())
        .containsExactlyInAnyOrder(
            "a/b/c/deep.txt",
            "a/dangling",
            "a/link",
            "a/loop",
            "deep/cache.db",
            "deep/cache.db-shm",
            "deep/cache.db-wal",
            "outside",
            "projects.db-wal2",
            "projects.db.bak",
            "settings.json");
  }

  private static Map<String, String> withoutDatabases(Map<String, String> tree) {
    for (VitalDatabase database : Site.DATABASES) {
      tree.remove(database.path());
      SideFiles.of(database.path()).forEach(tree::remove);
    }
    return tree;
  }

  private Map<String, Object> identities(Set<String> names) throws IOException {
    Map<String, Object> identities = new TreeMap<>();
    for (String name : names) {
      Path path = site.db().resolve(name);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        identities.put(name, Tree.identity(path));
      }
    }
    return identities;
  }

  private void write(String name, String content) throws IOException {
    Path file = site.db().resolve(name);
    Files.createDirectories(DurableFiles.parent(file));
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  @Test
  void run_replacedFileHasPermissions_newFileHasTheSame() throws Exception {
    BackupResult snapshot = site.snapshot();
    permit(site.file(TASKS), "rw-rw---x");
    permit(site.file(PROJECTS), "r--r-----");
    permit(DurableFiles.parent(site.file(TASKS)), "rwxr-x--x");
    permit(site.db(), "rwxrwx--x");

    site.restore(snapshot.snapshotId());

    assertThat(permissions(site.file(TASKS))).isEqualTo("rw-rw---x");
    assertThat(permissions(site.file(PROJECTS))).isEqualTo("r--r-----");
    assertThat(permissions(DurableFiles.parent(site.file(TASKS)))).isEqualTo("rwxr-x--x");
    assertThat(permissions(site.db())).isEqualTo("rwxrwx--x");
  }

  @Test
  void run_replacedFileOfAnotherOwner_newFileHasTheSameOwner() throws Exception {
    Tools.requirePermission(
        System.getProperty("user.name", "").equals("root"), "only root gives files away");
    BackupResult snapshot = site.snapshot();
    for (Path path : List.of(site.db(), site.file(TASKS))) {
      Files.setAttribute(path, "unix:uid", 12345);
      Files.setAttribute(path, "unix:gid", 23456);
    }

    site.restore(snapshot.snapshotId());

    for (Path path : List.of(site.db(), site.file(TASKS))) {
      assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(12345);
      assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(23456);
    }
    assertThat(Files.getAttribute(site.file(PROJECTS), "unix:uid")).isEqualTo(0);
  }

  @Test
  void run_replacedFileGone_newFileHasThePermissionsInTheTarball() throws Exception {
    permit(site.file(TASKS), "rw-r-----");
    BackupResult snapshot = site.snapshot();
    Files.delete(site.file(TASKS));

    site.restore(snapshot.snapshotId());

    assertThat(permissions(site.file(TASKS))).isEqualTo("rw-r-----");
  }

  @Test
  void run_freshMachineWithoutLiveDirectory_restoresEverythingAndKeepsNothing() throws Exception {
    permit(site.file(NOTES), "rw----r--");
    permit(site.settings().dataRoot(), "rwxr-x---");
    Map<String, List<String>> before = site.content();
    BackupResult snapshot = site.snapshot();
    DurableFiles.deleteTree(site.db());

    RestoreResult result = site.restore("latest");

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(result.plan().snapshotId()).isEqualTo(snapshot.snapshotId());
    assertThat(result.kept()).isNull();
    assertThat(site.kept()).isEmpty();
    assertThat(site.leftovers()).isEmpty();
    assertThat(site.content()).isEqualTo(before);
    assertThat(permissions(site.file(NOTES))).isEqualTo("rw----r--");
    assertThat(permissions(site.db())).isEqualTo("rwxr-x---");
  }

  @Test
  void run_liveDirectoryIsASymbolicLink_restoresBehindIt() throws Exception {
    Map<String, List<String>> before = site.content();
    Path elsewhere = Files.createDirectories(root.resolve("other disk")).resolve("databases");
    Files.move(site.db(), elsewhere);
    Files.createSymbolicLink(site.db(), elsewhere);
    Files.writeString(elsewhere.resolve("settings.json"), "{}");
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item");
    Map<String, List<String>> old = site.content();

    site.restore(snapshot.snapshotId());

    assertThat(site.db()).isSymbolicLink();
    assertThat(site.content(elsewhere)).isEqualTo(before);
    assertThat(elsewhere.resolve("settings.json")).hasContent("{}");

    site.rollBack();

    assertThat(site.db()).isSymbolicLink();
    assertThat(site.content(elsewhere)).isEqualTo(old);
  }

  @Test
  void run_onlyOneDatabase_othersAreUntouched() throws Exception {
    List<String> projects = Databases.content(site.file(PROJECTS));
    BackupResult snapshot = site.snapshot();
    for (VitalDatabase database : Site.DATABASES) {
      Databases.execute(site.file(database), "DELETE FROM item");
    }
    Map<String, String> old = Tree.of(site.db());
    Object tasks = Tree.identity(site.file(TASKS));

    RestoreResult result =
        site.restorer().run(Site.only(snapshot.snapshotId(), "projects"), Progress.silent());

    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(Databases.content(site.file(PROJECTS))).isEqualTo(projects);
    Map<String, String> now = Tree.of(site.db());
    assertThat(now.remove(PROJECTS.path())).isNotEqualTo(old.remove(PROJECTS.path()));
    assertThat(now).isEqualTo(old);
    assertThat(Tree.identity(site.file(TASKS))).isEqualTo(tasks);
    assertThat(new TreeSet<>(Tree.of(site.kept().getFirst()).keySet()))
        .contains(PROJECTS.path())
        .doesNotContain(TASKS.path(), NOTES.path());
  }

  @Test
  void run_configuredPathChanged_restoresToTheNewPathAndLeavesTheOldFile() throws Exception {
    List<String> tasks = Databases.content(site.file(TASKS));
    BackupResult snapshot = site.snapshot();
    Databases.execute(site.file(TASKS), "DELETE FROM item");
    List<String> emptied = Databases.content(site.file(TASKS));
    VitalDatabase moved = new VitalDatabase("tasks", "new place/tasks.db", null);

    RestoreResult result = site.with(moved, PROJECTS, NOTES).restore(snapshot.snapshotId());

    assertThat(result.plan().files()).contains("new place/tasks.db");
    assertThat(Databases.content(site.file(moved))).isEqualTo(tasks);
    assertThat(Databases.content(site.file(TASKS))).isEqualTo(emptied);
  }

  @Test
  void run_databaseFileIsASymbolicLink_regularFileTakesItsPlaceAndTheWarningSaysSo()
      throws Exception {
    List<String> projects = Databases.content(site.file(PROJECTS));
    Path elsewhere = root.resolve("projects elsewhere.db");
    Files.move(site.file(PROJECTS), elsewhere);
    Files.createSymbolicLink(site.file(PROJECTS), elsewhere);
    BackupResult snapshot = site.snapshot();
    Databases.execute(elsewhere, "DELETE FROM item");
    List<String> emptied = Databases.content(elsewhere);

    RestoreResult result = site.restore(snapshot.snapshotId());

    assertThat(result.warnings()).singleElement().asString().contains("projects.db", "symbolic");
    assertThat(Files.isSymbolicLink(site.file(PROJECTS))).isFalse();
    assertThat(Databases.content(site.file(PROJECTS))).isEqualTo(projects);
    assertThat(Databases.content(elsewhere)).isEqualTo(emptied);
  }

  private static void permit(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
