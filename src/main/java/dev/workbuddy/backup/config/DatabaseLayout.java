package dev.workbuddy.backup.config;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How found databases fit below a data root.
 *
 * @param dbDir relative to the data root
 * @param leftOut the files that the configuration cannot name
 */
record DatabaseLayout(
    Path dataRoot, String dbDir, List<VitalDatabase> databases, List<ExcludedFile> leftOut) {

  DatabaseLayout {
    databases = List.copyOf(databases);
    leftOut = List.copyOf(leftOut);
  }

  static DatabaseLayout standard(Path configDir) {
    return new DatabaseLayout(
        configDir.resolve(Defaults.DATA_ROOT),
        Defaults.DB_DIR,
        Applications.workBuddyIn(configDir).databases(),
        List.of());
  }

  /**
   * The layout for databases found below an absolute directory; at least one was found. The live
   * directory is the deepest one that holds them all: a restore replaces it as a whole, so it
   * should hold little else.
   */
  static DatabaseLayout of(Path searched, FoundFiles found) {
    List<String> paths = found.databases().stream().map(FoundDatabase::path).toList();
    String shared = sharedDirectory(paths);
    Path live = searched.resolve(shared);
    Path parent = live.getParent();
    Path name = live.getFileName();
    if (parent == null || name == null) {
      throw unusable(live, "it has no parent directory to hold the backups");
    }
    List<String> below = paths.stream().map(path -> path.substring(shared.length())).toList();
    List<ExcludedFile> passedOver = new ArrayList<>();
    for (ExcludedFile file : found.passedOver()) {
      Path fromLive = live.relativize(searched.resolve(file.path()));
      passedOver.add(new ExcludedFile(fromLive.toString(), file.reason()));
    }
    return layout(parent, name.toString(), below, passedOver);
  }

  /** The longest beginning, up to a {@code /}, that all paths have; empty where there is none. */
  private static String sharedDirectory(List<String> paths) {
    String shared = paths.getFirst().substring(0, paths.getFirst().lastIndexOf('/') + 1);
    for (String path : paths) {
      while (!path.startsWith(shared)) {
        shared = shared.substring(0, shared.lastIndexOf('/', shared.length() - 2) + 1);
      }
    }
    return shared;
  }

  private static boolean isUsable(String dbDir) {
    try {
      return PathRules.liveDirectory(dbDir).equals(dbDir);
    } catch (InvalidValueException e) {
      return false;
    }
  }

  private static DatabaseLayout layout(
      Path dataRoot, String dbDir, List<String> paths, List<ExcludedFile> passedOver) {
    if (!isUsable(dbDir)) {
      throw unusable(dataRoot.resolve(dbDir), "a live database directory cannot have this name");
    }
    List<VitalDatabase> databases = new ArrayList<>();
    List<ExcludedFile> leftOut = new ArrayList<>(passedOver);
    List<String> names = DatabaseNames.forPaths(paths);
    for (int i = 0; i < paths.size(); i++) {
      VitalDatabase candidate = new VitalDatabase(names.get(i), paths.get(i), null);
      obstacle(candidate, databases)
          .ifPresentOrElse(
              reason -> leftOut.add(new ExcludedFile(candidate.path(), reason)),
              () -> databases.add(candidate));
    }
    if (databases.isEmpty()) {
      throw unusable(
          dataRoot.resolve(dbDir), leftOut.getLast().path() + " " + leftOut.getLast().reason());
    }
    return new DatabaseLayout(dataRoot, dbDir, databases, leftOut);
  }

  private static Optional<String> obstacle(VitalDatabase candidate, List<VitalDatabase> accepted) {
    try {
      PathRules.database(candidate.path());
    } catch (InvalidValueException e) {
      return Optional.of(e.problem());
    }
    return PathRules.conflict(candidate.path(), accepted);
  }

  private static BackupException unusable(Path directory, String reason) {
    return new BackupException(
        ErrorCode.USAGE,
        "Cannot set up backups for the databases in " + directory + ": " + reason + ".",
        "Rename what is in the way, or name another directory.");
  }
}
