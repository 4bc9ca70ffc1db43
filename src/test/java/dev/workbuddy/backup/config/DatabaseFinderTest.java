package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFinderTest {
  @TempDir private Path dir;

  @Test
  void find_filesOfAllKinds_reportsThoseThatBeginLikeSqlite() throws IOException {
    sqlite(dir, "b.db");
    sqlite(dir, "a/no extension");
    sqlite(dir, "a/deep/er/x.txt");
    Files.writeString(dir.resolve("fake.db"), "SQLite format 4");
    Files.writeString(dir.resolve("empty.db"), "");

    assertThat(DatabaseFinder.find(dir).databases())
        .containsExactly(
            new FoundDatabase("a/deep/er/x.txt", 100),
            new FoundDatabase("a/no extension", 100),
            new FoundDatabase("b.db", 100));
  }

  @Test
  void find_snapshotsAndLeftOvers_arePassedOver() throws IOException {
    for (String place :
        new String[] {
          "backups", "x/backups", "db.staging_1", "db.pre_restore_2", ".git", "node_modules"
        }) {
      sqlite(dir, place + "/a.db");
    }
    sqlite(dir, "x.db-wal");
    sqlite(dir, "x.db-shm");
    sqlite(dir, "x.db-journal");

    assertThat(DatabaseFinder.find(dir).databases()).isEmpty();
  }

  @Test
  @Timeout(60)
  void find_pipe_isLeftOutWithoutReadingIt() throws Exception {
    Tools.require("mkfifo");
    sqlite(dir, "a.db");
    Tools.run(dir, List.of("mkfifo", "notes.fifo"));
    Files.createSymbolicLink(dir.resolve("link.db"), Path.of("notes.fifo"));

    FoundFiles found = DatabaseFinder.find(dir);

    assertThat(found.databases()).containsExactly(new FoundDatabase("a.db", 100));
    assertThat(found.passedOver())
        .containsExactly(new ExcludedFile("notes.fifo", "is a pipe, a socket or a device"));
  }

  @Test
  void find_directoryNamedBackups_isSearchedWhenAskedFor() throws IOException {
    sqlite(dir, "backups/a.db");

    assertThat(DatabaseFinder.find(dir.resolve("backups")).databases()).hasSize(1);
  }

  @Test
  void find_links_areNotFollowed() throws IOException {
    sqlite(dir, "outside/a.db");
    Path inside = Files.createDirectory(dir.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("file.db"), dir.resolve("outside/a.db"));
    Files.createSymbolicLink(inside.resolve("directory"), dir.resolve("outside"));
    Files.createSymbolicLink(inside.resolve("loop"), inside);

    assertThat(DatabaseFinder.find(inside).databases()).isEmpty();
  }

  @Test
  void find_filesThatLookLikeDatabases_areNamedWithTheReason() throws IOException {
    sqlite(dir, "real.db");
    Files.createSymbolicLink(dir.resolve("link"), dir.resolve("real.db"));
    Files.createSymbolicLink(dir.resolve("dangling.db"), dir.resolve("gone"));
    Files.writeString(dir.resolve("empty.sqlite3"), "");
    Files.writeString(dir.resolve("encrypted.DB"), "z".repeat(4096));
    Files.writeString(dir.resolve("notes.txt"), "text");

    assertThat(DatabaseFinder.find(dir).passedOver())
        .containsExactly(
            new ExcludedFile("empty.sqlite3", "is empty"),
            new ExcludedFile("encrypted.DB", "is no SQLite database, or an encrypted one"),
            new ExcludedFile("link", "is a symbolic link"));
  }

  @Test
  void find_unreadableDirectory_isPassedOver() throws IOException {
    sqlite(dir, "open/a.db");
    Path closed = Files.createDirectory(dir.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));

    assertThat(DatabaseFinder.find(dir).databases())
        .extracting(FoundDatabase::path)
        .contains("open/a.db");
  }

  @Test
  void find_deepTree_stopsAfterTwelveLevels() throws IOException {
    sqlite(dir, "1/2/3/4/5/6/7/8/9/10/11/twelve.db");
    sqlite(dir, "1/2/3/4/5/6/7/8/9/10/11/12/thirteen.db");

    assertThat(DatabaseFinder.find(dir).databases())
        .extracting(FoundDatabase::path)
        .containsExactly("1/2/3/4/5/6/7/8/9/10/11/twelve.db");
  }

  @Test
  void find_directoryThatIsNotThere_fails() {
    assertThatThrownBy(() -> DatabaseFinder.find(dir.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
  }

  static void sqlite(Path dir, String path) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    byte[] content = new byte[100];
    byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, content, 0, magic.length);
    Files.write(file, content);
  }
}
