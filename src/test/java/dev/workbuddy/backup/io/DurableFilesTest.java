package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Mounted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir Path directory;

  @Test
  void write_newAndExistingFile_holdsTheNewContentAlone() throws IOException {
    Path file = directory.resolve("a.json");
    DurableFiles.write(file, bytes("a long first version"));
    DurableFiles.write(file, bytes("second"));
    assertThat(file).hasContent("second");
    assertThat(Listing.of(directory)).containsExactly("a.json");
  }

  @Test
  void write_temporaryFileOfAKilledRun_isReplaced() throws IOException {
    Files.writeString(directory.resolve("a.json.tmp"), "half of something longer than the content");
    DurableFiles.write(directory.resolve("a.json"), bytes("whole"));
    assertThat(directory.resolve("a.json")).hasContent("whole");
    assertThat(Listing.of(directory)).containsExactly("a.json");
  }

  @Test
  void write_interruptedBeforeTheRename_hasLeftTheOldContent() throws IOException {
    Path file = Files.createDirectories(directory.resolve("taken/by-a-directory"));
    assertThatThrownBy(() -> DurableFiles.write(file.resolveSibling("."), bytes("new")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> DurableFiles.write(directory.resolve("taken"), bytes("new")))
        .isInstanceOf(IOException.class);
    assertThat(file).isDirectory();
  }

  @Test
  void rename_ontoAFile_replacesIt() throws IOException {
    Path from = Files.writeString(directory.resolve("from"), "new");
    Path to = Files.writeString(directory.resolve("to"), "old");
    DurableFiles.rename(from, to);
    assertThat(to).hasContent("new");
    assertThat(from).doesNotExist();
  }

  @Test
  void rename_nothingThere_saysSoAndKeepsTheTarget() throws IOException {
    Path to = Files.writeString(directory.resolve("to"), "old");
    assertThatThrownBy(() -> DurableFiles.rename(directory.resolve("from"), to))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(to).hasContent("old");
  }

  @Test
  void createDirectories_deepAndAgain_areThere() throws IOException {
    Path deep = directory.resolve("a/b/c");
    DurableFiles.createDirectories(deep);
    DurableFiles.createDirectories(deep);
    assertThat(deep).isDirectory();
  }

  @Test
  void createPrivateDirectory_isForItsOwnerOnly() throws IOException {
    DurableFiles.createPrivateDirectory(directory.resolve("p"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("p"))))
        .isEqualTo("rwx------");
  }

  @Test
  void deleteTree_withLinksAndOddNames_removesItAndNothingThatLinksPointTo() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "kept");
    Path tree = Files.createDirectories(directory.resolve("tree/a/b"));
    Files.writeString(tree.resolve("f"), "x");
    Files.writeString(directory.resolve("tree/a.b"), "x");
    Files.createSymbolicLink(tree.resolve("link"), outside);
    DurableFiles.deleteTree(directory.resolve("tree"));
    assertThat(Listing.of(directory)).containsExactly("outside", "outside/precious");
  }

  @Test
  void deleteTree_rootIsALink_removesTheLinkOnly() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "kept");
    Path link = Files.createSymbolicLink(directory.resolve("link"), outside);
    DurableFiles.deleteTree(link);
    assertThat(Listing.of(directory)).containsExactly("outside", "outside/precious");
  }

  @Test
  void deleteTree_somethingMountedInside_leavesThatWholeAndNamesIt() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(tree.resolve("ours"), "x");
    Path volume = Files.createDirectory(directory.resolve("volume"));
    Files.writeString(volume.resolve("theirs"), "x");
    Path point = Files.createDirectory(tree.resolve("point"));
    try (Mounted _ = Mounted.bind(volume, point)) {
      assertThatThrownBy(() -> DurableFiles.deleteTree(tree))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(point + ": something is mounted on it");
      assertThatThrownBy(() -> DurableFiles.deleteTree(point))
          .hasMessageContaining("something is mounted on it");

      assertThat(volume.resolve("theirs")).exists();
      assertThat(tree.resolve("ours")).doesNotExist();
    }
    DurableFiles.deleteTree(tree);
    assertThat(tree).doesNotExist();
  }

  @Test
  void deleteTree_notThere_isNoError() throws IOException {
    DurableFiles.deleteTree(directory.resolve("gone"));
    assertThat(Listing.of(directory)).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
