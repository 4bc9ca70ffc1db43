package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Companion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
  private static final String HOLDS_OPEN =
      "import sys; f = open(sys.argv[1]); print('open'); sys.stdin.read()";

  @TempDir Path scratch;
  private Path watched = Path.of("watched");

  @BeforeEach
  void layAFile() throws IOException {
    watched = Files.createDirectories(scratch.resolve("db/deep"));
    Files.writeString(watched.resolve("a.db"), "content");
  }

  @Test
  void below_processWithTheFileOpen_isNamedUntilItEnds() throws Exception {
    try (Companion other = Companion.python(HOLDS_OPEN, watched.resolve("a.db"))) {
      other.await("open");
      assertThat(OpenFiles.below(scratch.resolve("db")).holders())
          .singleElement()
          .satisfies(
              holder -> {
                assertThat(holder.pid()).isEqualTo(other.pid());
                assertThat(holder.command()).contains("python");
                assertThat(holder.file()).isEqualTo(watched.resolve("a.db").toString());
              });
      other.kill();
      assertThat(OpenFiles.below(scratch.resolve("db")).holders()).isEmpty();
    }
  }

  @Test
  void below_fileOpenUnderAnotherHardLink_isFound() throws Exception {
    Path link = Files.createLink(scratch.resolve("elsewhere"), watched.resolve("a.db"));
    try (Companion other = Companion.python(HOLDS_OPEN, link)) {
      other.await("open");
      assertThat(OpenFiles.below(scratch.resolve("db")).holders())
          .extracting(OpenFiles.Holder::pid)
          .containsExactly(other.pid());
    }
  }

  @Test
  void below_otherFilesOpenElsewhereOrHere_areNoHolders() throws Exception {
    Path twin = Files.copy(watched.resolve("a.db"), scratch.resolve("twin"));
    try (Companion other = Companion.python(HOLDS_OPEN, twin);
        var _ = Files.newInputStream(watched.resolve("a.db"))) {
      other.await("open");
      assertThat(OpenFiles.below(scratch.resolve("db")).holders()).isEmpty();
    }
  }
}
