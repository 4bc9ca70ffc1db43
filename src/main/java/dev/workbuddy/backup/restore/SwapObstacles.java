package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Mounts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What about the live directory would stop a restore into it, found before the day on which one is
 * needed: every snapshot warns of it.
 */
public final class SwapObstacles {
  /** What Java makes of a file name's bytes that are no UTF-8. */
  private static final char UNDECODABLE = '\uFFFD';

  private SwapObstacles() {}

  /** The obstacles in words; empty where a restore can swap the directory. */
  public static List<String> find(Settings settings) throws IOException {
    List<String> obstacles = new ArrayList<>();
    Path live = LiveDirectory.of(settings).path();
    if (!Files.isDirectory(live)) {
      return obstacles;
    }
    if (Mounts.isMountPoint(live)) {
      obstacles.add(live + " is a mount point, which cannot be swapped: mount its parent instead");
    }
    for (VitalDatabase database : settings.databases()) {
      addObstacle(live, database, obstacles);
    }
    Files.walkFileTree(live, new Tour(obstacles));
    return obstacles;
  }

  private static void addObstacle(Path live, VitalDatabase database, List<String> obstacles) {
    Path file = database.in(live);
    for (Path parent = file.getParent();
        parent != null && !parent.equals(live);
        parent = parent.getParent()) {
      if (Files.isSymbolicLink(parent)) {
        obstacles.add(
            parent
                + " is a symbolic link, and the file of "
                + database.name()
                + " lies below it: make it a directory");
      }
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file)
        && !Files.isSymbolicLink(file)) {
      obstacles.add(file + " is not a file, so " + database.name() + " cannot take its place");
    }
  }

  private static final class Tour extends SimpleFileVisitor<Path> {
    private final List<String> obstacles;

    Tour(List<String> obstacles) {
      this.obstacles = obstacles;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (!Files.isWritable(directory)) {
        obstacles.add(directory + " is not writable for this user: give it the permission");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (file.getFileName().toString().indexOf(UNDECODABLE) >= 0) {
        obstacles.add(file + " has a name that is not UTF-8: rename it");
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
