package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
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

  /**
   * Returns what would stop a restore, in words; empty where nothing would.
   *
   * @param dbDir the live directory, or a link to it
   */
  public static List<String> foretell(Path dbDir, List<VitalDatabase> databases)
      throws IOException {
    Path live = LiveDirectory.behind(dbDir).path();
    List<String> words = new ArrayList<>(MountsInTheWay.anywhere(live));
    words.addAll(others(live, databases));
    return List.copyOf(words);
  }

  /**
   * Returns only where the live directory can be swapped, as far as can be known before looking for
   * its users.
   *
   * @throws BackupException {@code live-directory-mounted} or {@code live-directory-fixed}
   */
  static void require(Settings settings) throws IOException {
    Path live = LiveDirectory.of(settings).path();
    MountsInTheWay.requireNone(live);
    List<String> obstacles = others(live, settings.databases());
    if (!obstacles.isEmpty()) {
      throw new BackupException(
          ErrorCode.LIVE_DIRECTORY_FIXED,
          "the live directory cannot be swapped: " + String.join("; ", obstacles),
          "Mend that, or restore with --to into another directory. Nothing was changed.");
    }
  }

  private static List<String> others(Path live, List<VitalDatabase> databases) throws IOException {
    List<String> obstacles = new ArrayList<>();
    if (Files.isDirectory(live)) {
      for (VitalDatabase database : databases) {
        addObstacle(live, database, obstacles);
      }
      Files.walkFileTree(live, new Tour(obstacles));
    }
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
