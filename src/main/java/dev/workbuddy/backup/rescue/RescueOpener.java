package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.tables.DatabaseCache;
import dev.workbuddy.backup.tables.LiveFiles;
import dev.workbuddy.backup.tables.SnapshotDatabases;
import dev.workbuddy.backup.tables.SnapshotDatabases.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The two sides of a rescue: the live databases, and those of the snapshot.
 *
 * @param waiting between batches
 */
record RescueOpener(LiveFiles liveFiles, SnapshotDatabases snapshots, Sleeper waiting) {

  /**
   * Opens what the request is about, and refuses what could not be brought back.
   *
   * @param warnings are added to
   */
  RescueSession open(Source source, RescueRequest asked, List<String> warnings, Progress progress)
      throws IOException, InterruptedException {
    RescueRequest request = asked.of(source.id());
    RescueSession session = new RescueSession();
    try {
      Map<String, Path> live = live(source, request, session, warnings);
      Map<String, Path> old =
          snapshots.files(source, live.keySet(), DatabaseCache.Trust.CHECKSUM, progress);
      for (Map.Entry<String, Path> each : live.entrySet()) {
        String name = each.getKey();
        Path snapshot = Objects.requireNonNull(old.get(name));
        session.open(
            name,
            () ->
                DatabaseRescuer.open(name, each.getValue(), snapshot, request, waiting, progress));
      }
      requireTables(source, request, session);
      return session;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** A live file that is not there stops what was asked for by name, and nothing else. */
  private Map<String, Path> live(
      Source source, RescueRequest request, RescueSession session, List<String> warnings)
      throws IOException {
    Map<String, Path> files = new TreeMap<>();
    Set<String> wanted = new TreeSet<>(request.databases());
    wanted.forEach(source::item);
    for (String name : wanted.isEmpty() ? new TreeSet<>(source.names()) : wanted) {
      try {
        files.put(name, liveFiles.filled(name));
      } catch (BackupException e) {
        if (!wanted.isEmpty()) {
          throw e;
        }
        if (e.code() == ErrorCode.DATABASE_MISSING) {
          session.leave(name, e, source.rows(name));
        } else {
          warnings.add(Sentences.join(e.text(), e.hint()));
        }
      }
    }
    return files;
  }

  private static void requireTables(Source source, RescueRequest request, RescueSession session) {
    for (String table : request.tables()) {
      if (!session.names().isEmpty() && !session.know(table)) {
        throw new BackupException(
            ErrorCode.TABLE_UNKNOWN,
            "the snapshot has no table '" + table + "'",
            "`wb-backup show " + source.id() + "` lists the tables.");
      }
    }
  }
}
