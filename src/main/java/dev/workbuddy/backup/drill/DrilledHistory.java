package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The history on this machine, whose snapshots are to be proven. */
record DrilledHistory(LocalStore history) implements DrillSource {
  @Override
  public String name() {
    return DrillRecord.LOCAL;
  }

  @Override
  public Choice choose(DrillRequest request) throws IOException {
    if (request.isLatest()) {
      Optional<StoredSnapshot> newest = history.list().stream().findFirst();
      if (newest.isPresent()
          && newest.get().state() == SnapshotState.DAMAGED
          && newest.get().fault() != null) {
        throw newest.get().fault().asError();
      }
    }
    return new Here(new SnapshotFinder(history).find(request.snapshot()));
  }

  private record Here(StoredSnapshot snapshot) implements Choice {
    @Override
    public SnapshotId id() {
      return snapshot.id();
    }

    @Override
    public @Nullable String namespace() {
      return null;
    }

    @Override
    public boolean ours() {
      return true;
    }

    /** A second name for each file: no sweep takes them away before they are read. */
    @Override
    public StoredSnapshot fetch(LocalStore store, Progress progress) throws IOException {
      Path directory = store.directory().resolve(snapshot.id().toString());
      DurableFiles.createPrivateDirectory(directory);
      try (Stream<Path> files = Files.list(snapshot.directory())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          link(directory.resolve(file.getFileName()), file);
        }
      }
      StoredSnapshot second = store.read(snapshot.id(), directory);
      Checksums.verify(second);
      return second;
    }

    private static void link(Path second, Path file) throws IOException {
      try {
        Files.createLink(second, file);
      } catch (UnsupportedOperationException | FileSystemException notHere) {
        Files.copy(file, second);
      }
    }
  }
}
