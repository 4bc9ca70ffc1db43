package dev.workbuddy.backup.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final int BOUND = 1000;

  @TempDir Path directory;
  private Path path;
  private StateFile file;

  record Note(String word) {}

  @BeforeEach
  void nameIt() {
    path = directory.resolve("note.json");
    file = new StateFile(path, BOUND);
  }

  @Test
  void noFileIsAbsentAndNotUnusable() {
    assertThat(file.read()).isEqualTo(new Stored.Absent<>());
    assertThat(file.json(Note.class)).isEqualTo(new Stored.Absent<>());
  }

  @Test
  void aFileIsReadUpToItsBoundAndNotOneByteFurther() throws IOException {
    Files.writeString(path, "x".repeat(BOUND));
    assertThat(file.read().found().orElseThrow()).hasSize(BOUND);

    Files.writeString(path, "x".repeat(BOUND + 1));
    assertThat(why(file.read())).isEqualTo("is larger than 1.0 KB");
  }

  @Test
  void aHugeFileIsNotRead() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThat(why(file.read())).isEqualTo("is larger than 1.0 KB");
  }

  @Test
  void aLinkIsNotFollowedWhereverItLeads() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "{\"word\":\"secret\"}");
    Files.createSymbolicLink(path, elsewhere);
    assertThat(why(file.json(Note.class))).isEqualTo("is a link, not a file");

    Files.delete(elsewhere);
    assertThat(why(file.read())).isEqualTo("is a link, not a file");
  }

  @Test
  void aPipeIsNotWaitedFor() throws IOException {
    Tools.require("mkfifo");
    Tools.run(directory, List.of("mkfifo", path.toString()));
    assertThat(why(file.read())).isEqualTo("is a pipe, a socket or a device, not a file");
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectory(path);
    assertThat(why(file.read())).isEqualTo("is a directory, not a file");
  }

  @Test
  void aFileThatIsNoJsonIsUnusableInWords() throws IOException {
    Files.writeString(path, "{\"word\":");
    assertThat(why(file.json(Note.class))).contains("ends in the middle");
    Files.writeString(path, "");
    assertThat(file.json(Note.class).problem()).isPresent();
    Files.writeString(path, "[]");
    assertThat(file.json(Note.class).problem()).isPresent();
    Files.writeString(path, "{\"word\":\"hello\"}");
    assertThat(file.json(Note.class).found()).contains(new Note("hello"));
  }

  @Test
  void damageThatIsSetAsideIsKeptAndBoundedInNumber() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Files.writeString(path, "damage " + i);
      assertThat(file.setAside()).isPresent();
    }

    assertThat(path).doesNotExist();
    assertThat(directory.resolve("note.json.unreadable")).hasContent("damage 1");
    assertThat(directory.resolve("note.json.unreadable-2")).hasContent("damage 2");
    assertThat(directory.resolve("note.json.unreadable-3")).hasContent("damage 5");
    assertThat(directory.toFile().list()).hasSize(3);
    assertThat(file.setAside()).isEqualTo(Optional.empty());
  }

  @Test
  void writingMovesADirectoryOutOfTheWayWithAllThatIsInIt() throws IOException {
    Files.createDirectory(path);
    Files.writeString(path.resolve("mine"), "mine");

    file.replace("{}".getBytes(UTF_8), file.read());

    assertThat(path).hasContent("{}");
    assertThat(directory.resolve("note.json.unreadable/mine")).hasContent("mine");
  }

  private static String why(Stored<?> stored) {
    return stored.problem().orElseThrow();
  }
}
