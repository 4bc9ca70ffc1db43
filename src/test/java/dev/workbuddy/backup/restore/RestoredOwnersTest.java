package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore by root leaves the application the owner of everything that was or becomes its own. */
class RestoredOwnersTest {
  private static final int APPLICATION = 12345;

  @TempDir Path root;
  private Site site;

  @BeforeEach
  void dataOfAnApplication() throws Exception {
    Tools.requirePermission(
        "root".equals(System.getProperty("user.name")), "only root gives files away");
    site = Site.in(root);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    site.snapshot();
    for (Path path : FileTrees.list(site.db())) {
      Files.setAttribute(path, "unix:uid", APPLICATION, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", APPLICATION, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private List<Path> ofOthers() throws IOException {
    return FileTrees.list(site.db()).stream().filter(path -> owner(path) != APPLICATION).toList();
  }

  private static int owner(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void restore_everythingIsThere_keepsTheOwner() throws Exception {
    assertThat(site.restore("latest").status()).isEqualTo(Status.DONE);
    assertThat(ofOthers()).isEmpty();
  }

  @Test
  void restore_databasesAndADirectoryWereDeleted_theyBelongToTheApplicationAgain()
      throws Exception {
    Files.delete(site.file(PROJECTS));
    Tools.run(root, List.of("rm", "-r", site.db().resolve("deep").toString()));
    assertThat(site.restore("latest").status()).isEqualTo(Status.DONE);
    assertThat(site.file(NOTES)).exists();
    assertThat(ofOthers()).isEmpty();
  }

  @Test
  void rollBack_afterARestore_keepsTheOwner() throws Exception {
    site.restore("latest");
    assertThat(site.rollBack().status()).isEqualTo(Status.DONE);
    assertThat(ofOthers()).isEmpty();
  }

  @Test
  void restore_accessListsOfFilesAndDirectories_areThereAfterwards() throws Exception {
    Tools.require("setfacl", "getfacl");
    for (Path path : List.of(site.db(), site.file(TASKS).getParent(), site.file(TASKS))) {
      Tools.run(root, List.of("setfacl", "-m", "u:54321:rwx", path.toString()));
    }
    List<String> before = accessLists();
    assertThat(site.restore("latest").warnings()).isEmpty();
    assertThat(accessLists()).isEqualTo(before);
  }

  /** One text for each file, which names it; file systems list a directory in any order. */
  private List<String> accessLists() throws Exception {
    String all = Tools.run(site.db(), List.of("getfacl", "-R", "."));
    return Stream.of(all.split("\n\n")).sorted().toList();
  }

  @Test
  void restore_fileWithAnAccessListWasDeleted_givesItsGroupNoMoreThanItHad() throws Exception {
    Tools.require("setfacl", "getfacl");
    String tasks = site.file(TASKS).toString();
    Tools.run(root, List.of("setfacl", "-m", "u:54321:rw,g::-", tasks));
    site.clock().advance(Duration.ofHours(1));
    site.snapshot();
    Files.delete(site.file(TASKS));
    site.restore("latest");
    assertThat(Tools.run(root, List.of("getfacl", "-c", tasks))).contains("group::---");
  }

  /** Whoever owns the history goes on with it after a run of root's. */
  @Test
  void everything_byRootInAHistoryOfTheApplication_belongsToTheApplication() throws Exception {
    for (Path path : FileTrees.list(site.backups())) {
      Files.setAttribute(path, "unix:uid", APPLICATION, LinkOption.NOFOLLOW_LINKS);
    }
    site.clock().advance(Duration.ofHours(1));
    site.snapshot();
    site.restore("latest");
    assertThat(FileTrees.list(site.backups())).allMatch(path -> owner(path) == APPLICATION);
  }
}
