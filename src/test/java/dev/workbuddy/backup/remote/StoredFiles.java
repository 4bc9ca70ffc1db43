package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.testing.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** The files of a folder remote as they lie on the disk behind it. */
record StoredFiles(Path root) {

  void change(RemoteSnapshot snapshot, String file, TestPlace.Change change) throws IOException {
    change.on(root.resolve(snapshot.place()).resolve(file));
  }

  void lose(RemoteSnapshot snapshot, String file) throws IOException {
    Files.delete(root.resolve(snapshot.place()).resolve(file));
  }

  /** The same small snapshot under many names. */
  void seed(String namespace, int count, Path scratch) throws IOException {
    Path model = new Snapshots(scratch, 5).complete("snap-2025-01-01T00-00-00Z", 10).directory();
    Instant first = Instant.parse("2025-01-01T00:00:00Z");
    for (int i = 0; i < count; i++) {
      String id =
          new dev.workbuddy.backup.snapshot.SnapshotId(first.plusSeconds(3600L * i), false)
              .toString();
      Path folder = Files.createDirectories(root.resolve(namespace).resolve(id));
      try (Stream<Path> files = Files.list(model)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          Files.copy(file, folder.resolve(name.endsWith(".tar.gz") ? id + ".tar.gz" : name));
        }
      }
    }
  }
}
