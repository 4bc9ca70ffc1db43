package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A command line whose snapshots go to a directory elsewhere. */
abstract class RemoteCommandsScene {
  @TempDir Path directory;
  @TempDir Path disk;
  CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
  }

  void configure(String remotes) throws Exception {
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { namespace: laptop, %s }".formatted(remotes));
  }

  void configureDirectory() throws Exception {
    configure("directory: { path: \"%s\" }".formatted(disk));
  }

  String place() {
    return "directory:" + disk;
  }

  List<String> copies() throws Exception {
    return Listing.of(disk).stream().filter(name -> name.endsWith("SHA256SUMS")).toList();
  }
}
