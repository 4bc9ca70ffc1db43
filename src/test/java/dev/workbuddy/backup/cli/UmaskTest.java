package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.testing.JavaCommand;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the umask, what lies below {@code backups/} and in a directory remote is its owner's.
 */
class UmaskTest {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE);

  @TempDir Path directory;
  @TempDir Path store;

  @ParameterizedTest
  @ValueSource(strings = {"000", "077"})
  void everyCommand_whateverTheUmask_makesFilesForTheirOwnerAlone(String umask) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", "-c"));
    command.add(
        "import os, sys; os.umask(int(sys.argv[1], 8)); os.execv(sys.argv[2], sys.argv[2:])");
    command.add(umask);
    command.addAll(JavaCommand.of(OrdinaryCommands.class));
    command.addAll(List.of(directory.toString(), store.toString()));
    Tools.require("python3");

    assertThat(Tools.run(Path.of("").toAbsolutePath(), command)).endsWith("done\n");

    assertThat(openToOthers(directory.resolve(".data/backups"))).isEmpty();
    List<Path> copies = new ArrayList<>(openToOthers(store));
    copies.remove(store);
    assertThat(copies.stream().filter(Files::isDirectory)).isEmpty();
  }

  private static List<Path> openToOthers(Path root) throws Exception {
    List<Path> open = new ArrayList<>();
    for (Path path : FileTrees.list(root)) {
      if (!Collections.disjoint(Files.getPosixFilePermissions(path), OTHERS)) {
        open.add(path);
      }
    }
    return open;
  }
}
