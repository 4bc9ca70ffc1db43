package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMetadataTest {
  private static final int STRANGER = 12345;

  @TempDir Path directory;
  private Path model;
  private Path file;
  private FileMetadata metadata;

  @BeforeEach
  void files() throws IOException {
    metadata = new FileMetadata(directory);
    model = Files.createFile(directory.resolve("model"));
    file = Files.createFile(Files.createDirectory(directory.resolve("sub")).resolve("file"));
  }

  private static Object attribute(Path path, String name) throws IOException {
    return Files.getAttribute(path, "unix:" + name);
  }

  private void run(String... command) throws IOException {
    Tools.require(command[0]);
    Tools.run(directory, List.of(command));
  }

  private String accessList(Path path) throws IOException {
    return Tools.run(directory, List.of("getfacl", "-cE", path.toString()));
  }

  @Test
  void carry_ownerModeAccessListAndAttributes_areThoseOfTheModel() throws Exception {
    Tools.require("setfacl", "getfacl", "setfattr");
    run("setfacl", "-m", "u:12345:rw,g::r", model.toString());
    run("setfattr", "-n", "user.origin", "-v", "here", model.toString());
    Tools.requirePermission(isRoot(), "only root gives files away");
    Files.setAttribute(model, "unix:uid", STRANGER);

    assertThat(metadata.carry(model, file)).isEmpty();

    assertThat(attribute(file, "uid")).isEqualTo(STRANGER);
    assertThat(attribute(file, "mode")).isEqualTo(attribute(model, "mode"));
    assertThat(accessList(file)).isEqualTo(accessList(model)).contains("user:12345:rw-");
    assertThat(Files.getAttribute(file, "user:origin"))
        .isEqualTo("here".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void carry_accessListInheritedFromTheDirectory_goesWhereTheModelHasNone() throws Exception {
    run("setfacl", "-d", "-m", "u:12345:rwx", DurableFiles.parent(file).toString());
    Path heir = Files.createFile(file.resolveSibling("heir"));
    assertThat(accessList(heir)).contains("user:12345");

    assertThat(metadata.carry(model, heir)).isEmpty();

    assertThat(accessList(heir)).isEqualTo(accessList(model));
  }

  @Test
  void carry_directory_keepsItsDefaultAccessListAndInheritedGroup() throws Exception {
    Path old = Files.createDirectory(directory.resolve("old"));
    run("setfacl", "-d", "-m", "u:12345:rwx", old.toString());
    run("chmod", "2771", old.toString());

    assertThat(metadata.carry(old, DurableFiles.parent(file))).isEmpty();

    assertThat(accessList(DurableFiles.parent(file))).isEqualTo(accessList(old));
    assertThat(attribute(DurableFiles.parent(file), "mode")).isEqualTo(attribute(old, "mode"));
  }

  @Test
  void carry_modelRunsAsItsOwner_theFileDoesNot() throws Exception {
    Tools.run(directory, List.of("chmod", "6755", model.toString()));
    assertThat(metadata.carry(model, file)).isEmpty();
    assertThat((int) attribute(file, "mode") & 07777).isEqualTo(0755);
  }

  @Test
  void carry_modelIsGone_changesNothing() throws Exception {
    Object before = attribute(file, "mode");
    assertThat(metadata.carry(directory.resolve("gone"), file)).isEmpty();
    assertThat(attribute(file, "mode")).isEqualTo(before);
  }

  @Test
  void everything_linkInItsPlaceOrAboveIt_isNotFollowed() throws Exception {
    Path victim = Files.createFile(directory.resolve("victim"));
    Object before = attribute(victim, "mode");
    Path link = Files.createSymbolicLink(file.resolveSibling("link"), victim);
    Path above = Files.createSymbolicLink(directory.resolve("above"), directory);
    for (Path planted : List.of(link, above.resolve("victim"))) {
      assertThatThrownBy(() -> metadata.carry(model, planted)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> metadata.permit(planted, 0777)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> metadata.giveAway(model, planted)).isInstanceOf(IOException.class);
    }
    assertThat(attribute(victim, "mode")).isEqualTo(before);
  }

  @Test
  void everything_fileWithASecondName_staysAsItIsAndThatIsSaid() throws Exception {
    Path victim = Files.createFile(directory.resolve("victim"));
    Object before = attribute(victim, "mode");
    Path second = Files.createLink(file.resolveSibling("second"), victim);
    assertThat(metadata.permit(second, 0777)).singleElement().asString().contains("second");
    assertThat(metadata.carry(model, second)).singleElement().asString().contains("second");
    assertThat(attribute(victim, "mode")).isEqualTo(before);
  }

  @Test
  void everything_fileOfSomebodyElse_staysAsItIsAndThatIsSaid() throws Exception {
    Tools.requirePermission(isRoot(), "only root gives files away");
    Files.setAttribute(file, "unix:uid", STRANGER);
    Object before = attribute(file, "mode");
    assertThat(metadata.permit(file, 0777)).singleElement().asString().contains("file");
    assertThat(attribute(file, "mode")).isEqualTo(before);
  }

  /** An immutable file refuses as a file system does that has no permissions. */
  @Test
  void permit_refused_isSaidAndNoFailure() throws Exception {
    run("chattr", "+i", file.toString());
    try {
      assertThat(metadata.permit(file, 0777))
          .singleElement()
          .asString()
          .isEqualTo(file + " could not get its permissions: Operation not permitted");
    } finally {
      run("chattr", "-i", file.toString());
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
