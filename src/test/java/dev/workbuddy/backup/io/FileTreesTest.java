package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileTreesTest {
  /** What an application with short-lived connections does, without pause. */
  private static final String COMES_AND_GOES =
      """
      import os, sys
      print('open')
      sys.stdout.flush()
      while True:
          for i in range(50):
              open(f'{sys.argv[1]}/{i}.db-wal', 'w').close()
          for i in range(50):
              os.remove(f'{sys.argv[1]}/{i}.db-wal')
      """;

  @TempDir Path root;

  @Test
  void list_filesComeAndGo_namesWhatStays() throws Exception {
    Files.writeString(root.resolve("stays"), "");
    try (Companion other = Companion.python(COMES_AND_GOES, root)) {
      other.await("open");
      for (int i = 0; i < 2_000; i++) {
        assertThat(FileTrees.list(root)).contains(root, root.resolve("stays"));
      }
    }
  }

  @Test
  void list_tree_directoriesComeFirstAndLinksAreNotFollowed() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/c"), "");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));

    assertThat(FileTrees.list(root))
        .containsSubsequence(root, root.resolve("a"), root.resolve("a/b"), root.resolve("a/b/c"))
        .contains(root.resolve("link"))
        .hasSize(5);
  }

  @Test
  void list_rootIsNotThere_isEmpty() throws IOException {
    assertThat(FileTrees.list(root.resolve("none"))).isEmpty();
  }
}
