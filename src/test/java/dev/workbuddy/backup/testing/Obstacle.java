package dev.workbuddy.backup.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds a database so that a snapshot of it waits, and sees what the snapshot does on disk. */
public final class Obstacle implements AutoCloseable {
  private final Connection connection;
  private final Statement statement;
  private final WatchService watch;

  public Obstacle(Path backups, Path database) throws Exception {
    Files.createDirectories(backups);
    watch = backups.getFileSystem().newWatchService();
    backups.register(
        watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    connection = DriverManager.getConnection("jdbc:sqlite:" + database);
    statement = connection.createStatement();
    statement.execute("BEGIN EXCLUSIVE");
  }

  public void awaitSnapshotBegun() throws InterruptedException {
    awaitPartial(StandardWatchEventKinds.ENTRY_CREATE);
  }

  public void awaitSnapshotUndone() throws InterruptedException {
    awaitPartial(StandardWatchEventKinds.ENTRY_DELETE);
  }

  private void awaitPartial(WatchEvent.Kind<?> kind) throws InterruptedException {
    boolean seen = false;
    while (!seen) {
      WatchKey key = watch.take();
      seen = key.pollEvents().stream().anyMatch(event -> isOfPartial(event, kind));
      key.reset();
    }
  }

  private static boolean isOfPartial(WatchEvent<?> event, WatchEvent.Kind<?> kind) {
    return event.kind().equals(kind) && String.valueOf(event.context()).endsWith(".partial");
  }

  public void giveWay() throws Exception {
    statement.execute("ROLLBACK");
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
    watch.close();
  }
}
