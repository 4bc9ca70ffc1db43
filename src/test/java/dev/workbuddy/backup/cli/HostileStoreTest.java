package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.testing.HostilePaths;
import dev.workbuddy.backup.testing.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** A store says where data goes on a machine without a configuration; it may say nothing bad. */
class HostileStoreTest extends RemoteCommandsScene {
  private static final Set<String> WANTED = Set.of("machine", "machine/data");

  static Stream<String> places() {
    return Stream.concat(
        HostilePaths.thatLeaveADirectory().stream().filter(text -> text.length() < 100),
        Stream.of("backups", "backups/x", "BACKUPS", "db.staging_x", "db.pre_restore_x"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void restore_manifestNamesAnotherPlaceForTheData_isRefusedAndNothingIsThere(
      String place, @TempDir Path outside) throws Exception {
    configureDirectory();
    cli.ok("now");
    rewriteManifests(manifest -> manifest.put("db_dir", place));

    assertRefused(outside);
  }

  @ParameterizedTest
  @MethodSource("places")
  void restore_manifestNamesAnotherPlaceForADatabase_isRefusedAndNothingIsThere(
      String place, @TempDir Path outside) throws Exception {
    if (place.startsWith("backups") || place.startsWith("BACKUPS") || place.startsWith("db.")) {
      place = ".wb-backup-swap";
    }
    configureDirectory();
    cli.ok("now");
    String file = place;
    rewriteManifests(
        manifest -> ((ObjectNode) manifest.get("databases").get("projects")).put("file", file));

    assertRefused(outside);
  }

  private void assertRefused(Path outside) throws IOException {
    Path fresh = Files.createDirectories(outside.resolve("machine/data"));
    CommandLineFixture other = new CommandLineFixture(fresh.resolveSibling("."));
    other.set("WORK_BUDDY_DATA_DIR", fresh.toString());

    var ran = other.run("restore", "latest", "--from", place());

    assertThat(ran.exitCode()).as(ran.toString()).isIn(3, 4);
    assertThat(ran.err()).doesNotContain("Exception");
    assertThat(Listing.of(outside))
        .allMatch(name -> name.startsWith("machine/data/backups") || WANTED.contains(name))
        .noneMatch(name -> name.endsWith(".db") || name.endsWith(".wb-backup-swap"));
  }

  @FunctionalInterface
  private interface Change {
    void of(ObjectNode manifest);
  }

  /** With checksums that fit: the store is not damaged, it lies. */
  private void rewriteManifests(Change change) throws IOException {
    for (String name : Listing.of(disk)) {
      Path file = disk.resolve(name);
      if (name.endsWith(Manifest.FILE_NAME)) {
        ObjectNode manifest = (ObjectNode) Json.parse(Files.readAllBytes(file));
        change.of(manifest);
        Files.write(file, Json.bytes(manifest));
        Path sums = file.resolveSibling(Checksums.FILE_NAME);
        Map<String, String> all = Checksums.read(sums);
        all.put(Manifest.FILE_NAME, Checksums.sha256(file));
        Files.write(sums, Checksums.document(all));
        deleteNotes(file.resolveSibling("."));
      }
    }
  }

  /** Notes of what was sent would show the change. */
  private static void deleteNotes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> notes =
          files.filter(file -> file.getFileName().toString().startsWith("STORED")).toList();
      for (Path note : notes) {
        Files.delete(note);
      }
    }
  }
}
