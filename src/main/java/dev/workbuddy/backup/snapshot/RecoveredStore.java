package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What could be read of damaged databases, beside the snapshots: one directory for each database,
 * with a SQLite file and a note. Nothing of it is ever pushed, restored, or counted as a snapshot.
 */
public final class RecoveredStore {
  /** The directory's name, which no snapshot can have. */
  public static final String DIRECTORY = "recovered";

  public static final String NOTE = "RECOVERED.json";
  public static final String FILE = "recovered.db";

  private static final String PARTIAL = ".partial";
  private static final String DOOMED = ".deleting";
  private static final int MOST_BYTES = 4 << 20;

  private final Path directory;

  public RecoveredStore(Path backupsDir) {
    this.directory = backupsDir.resolve(DIRECTORY);
  }

  /** Where the rows of a database are, or would be. */
  public Path of(String database) {
    return directory.resolve(database);
  }

  /** The note of a database; empty where there are no rows of it, or none that can be used. */
  public Optional<RecoveredRows> read(String database) {
    return new StateFile(of(database).resolve(NOTE), MOST_BYTES)
        .json(RecoveredRows.class)
        .found()
        .filter(rows -> rows.database().equals(database))
        .filter(rows -> Files.isRegularFile(of(database).resolve(FILE)))
        .map(rows -> rows.in(of(database).resolve(FILE)));
  }

  /** All notes, by the names of their databases. Never throws for what it finds. */
  public List<RecoveredRows> list() {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .flatMap(name -> read(name).stream())
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** Creates an empty directory in which rows are made ready. Requires the run lock. */
  public Path begin(String database) throws IOException {
    DurableFiles.deleteTree(sibling(database, DOOMED));
    Path partial = sibling(database, PARTIAL);
    DurableFiles.deleteTree(partial);
    if (!Files.isDirectory(directory)) {
      DurableFiles.createPrivateDirectory(directory);
    }
    DurableFiles.createPrivateDirectory(partial);
    return partial;
  }

  /** Puts the rows in the place of those of an earlier time; they have the name {@link #FILE}. */
  public void publish(Path partial, RecoveredRows rows) throws IOException {
    DurableFiles.syncFile(partial.resolve(FILE));
    DurableFiles.write(partial.resolve(NOTE), Json.bytes(rows));
    DurableFiles.syncDirectory(partial);
    Path target = of(rows.database());
    if (Files.exists(target)) {
      DurableFiles.rename(target, sibling(rows.database(), DOOMED));
    }
    DurableFiles.rename(partial, target);
    DurableFiles.deleteTree(sibling(rows.database(), DOOMED));
  }

  private Path sibling(String database, String suffix) {
    return directory.resolve(database + suffix);
  }
}
