package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process puts a link in a path's place and the real thing back, without a pause, while
 * this one acts on the path: where the link leads, nothing changes and nothing is read.
 */
class SwappedPathsTest {
  private static final int ROUNDS = 300;

  /** Exchanges two names until its input ends, then tells how often. */
  private static final String SWAPPER =
      """
      import ctypes, os, sys, threading
      libc = ctypes.CDLL(None, use_errno=True)
      one, other = (os.fsencode(name) for name in sys.argv[1:3])
      ended = threading.Event()
      threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()
      swaps = 0
      print("ready", flush=True)
      while not ended.is_set():
          swaps += libc.renameat2(-100, one, -100, other, 2) == 0
      print(swaps)
      """;

  @TempDir Path root;
  private Path ours;
  private Path victim;

  @BeforeEach
  void scene() throws IOException {
    Tools.require("python3");
    ours = Files.createDirectory(root.resolve("ours"));
    victim = Files.createDirectory(root.resolve("victim"));
    Files.writeString(victim.resolve("file"), "theirs");
    FileModes.set(victim.resolve("file"), FileModes.PRIVATE);
  }

  @FunctionalInterface
  private interface Act {
    void run() throws IOException;
  }

  /** What is refused because of the link is as good as what is done. */
  private void whileSwapping(Path one, Path other, Act act) throws Exception {
    Process swapper =
        new ProcessBuilder("python3", "-c", SWAPPER, one.toString(), other.toString()).start();
    try (var said = swapper.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("ready");
      for (int i = 0; i < ROUNDS; i++) {
        try {
          act.run();
        } catch (IOException refused) {
          assertThat(refused).isNotNull();
        }
        assertThat(victim.resolve("file")).hasContent("theirs");
        assertThat(FileModes.of(victim.resolve("file"))).isEqualTo(FileModes.PRIVATE);
      }
      swapper.getOutputStream().close();
      assertThat(Integer.parseInt(said.readLine())).as("swaps").isPositive();
    } finally {
      swapper.destroyForcibly().waitFor();
    }
    assertThat(Listing.of(victim)).containsExactly("file");
  }

  @Test
  void metadata_fileBecomesALink_isGivenToNothingElse() throws Exception {
    Path file = Files.createFile(ours.resolve("file"));
    Path link = Files.createSymbolicLink(ours.resolve("link"), victim.resolve("file"));
    Path model = Files.createFile(root.resolve("model"));
    FileModes.set(model, 0640);
    FileMetadata metadata = new FileMetadata(root);
    whileSwapping(
        file,
        link,
        () -> {
          List<String> _ = metadata.permit(file, 0644);
          List<String> _ = metadata.carry(model, file);
        });
  }

  @Test
  void metadata_directoryAboveBecomesALink_isGivenToNothingElse() throws Exception {
    Path file = Files.createFile(Files.createDirectory(ours.resolve("sub")).resolve("file"));
    Path link = Files.createSymbolicLink(ours.resolve("link"), victim);
    FileMetadata metadata = new FileMetadata(root);
    whileSwapping(DurableFiles.parent(file), link, () -> metadata.permit(file, 0644));
  }

  @Test
  void deleteTree_directoryBecomesALink_deletesNothingElse() throws Exception {
    Path fresh = root.resolve("fresh");
    DurableFiles.deleteTree(ours);
    whileSwapping(
        ours.resolve("sub"),
        ours.resolve("link"),
        () -> {
          if (!Files.exists(ours)) {
            Files.createFile(Files.createDirectories(fresh.resolve("sub")).resolve("file"));
            Files.createSymbolicLink(fresh.resolve("link"), victim);
            Files.move(fresh, ours);
          }
          DurableFiles.deleteTree(ours);
        });
  }

  @Test
  void stateFile_becomesALink_isNotReadThroughIt() throws Exception {
    Path file = Files.writeString(ours.resolve("file"), "ours");
    Path link = Files.createSymbolicLink(ours.resolve("link"), victim.resolve("file"));
    StateFile state = new StateFile(file, 100);
    whileSwapping(
        file,
        link,
        () -> assertThat(new String(state.bytes(), StandardCharsets.UTF_8)).isEqualTo("ours"));
  }

  @Test
  void write_nameBecomesALink_writesNowhereElse() throws Exception {
    Path file = Files.writeString(ours.resolve("file"), "ours");
    Path link = Files.createSymbolicLink(ours.resolve("link"), victim.resolve("file"));
    byte[] content = "new".getBytes(StandardCharsets.UTF_8);
    whileSwapping(file, link, () -> DurableFiles.write(file, content));
  }
}
