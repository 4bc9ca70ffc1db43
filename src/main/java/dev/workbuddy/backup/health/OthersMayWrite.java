package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Hook;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.schedule.JobFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether other users of this machine could change what wb-backup does or keeps: the configuration
 * names programs that it runs, and the history is what a restore believes.
 */
final class OthersMayWrite {
  private static final int BY_OTHERS = 0002;
  private static final int STICKY = 01000;
  private static final String ROOT = "root";
  private static final String NOBODY_KNOWN = "?";

  private final Settings settings;
  private final String user;

  /**
   * For one configuration.
   *
   * @param user who runs wb-backup; {@code ?} where the system has no name for them
   */
  OthersMayWrite(Settings settings, String user) {
    this.settings = settings;
    this.user = user;
  }

  Finding look() {
    List<Finding> found = new ArrayList<>();
    for (Path path : code()) {
      writable(path).or(() -> foreign(path)).ifPresent(found::add);
    }
    for (Path path : List.of(settings.dataRoot(), settings.backupsDir())) {
      writable(path).ifPresent(found::add);
    }
    for (Path path : above()) {
      unprotected(path).ifPresent(found::add);
    }
    return found.isEmpty()
        ? Finding.ok("nobody else can change the configuration or the history")
        : found.getFirst();
  }

  /** What says which programs run, and those programs. */
  private Set<Path> code() {
    Path config = settings.configDir();
    Set<Path> paths = new LinkedHashSet<>();
    paths.add(config);
    paths.add(config.resolve("config.yaml"));
    paths.add(config.resolve("config.local.yaml"));
    paths.add(config.resolve(JobFiles.DIRECTORY));
    paths.addAll(entries(config.resolve(JobFiles.DIRECTORY)));
    Stream.of(Hook.values())
        .flatMap(hook -> settings.signals().hooks().of(hook).stream())
        .map(command -> config.getFileSystem().getPath(command.getFirst()))
        .filter(Path::isAbsolute)
        .forEach(paths::add);
    return paths;
  }

  private static List<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException noneThere) {
      return List.of();
    }
  }

  /** The directories on the way: who may rename in one of them can put others in their place. */
  private Set<Path> above() {
    Set<Path> directories = new LinkedHashSet<>();
    Stream.concat(code().stream(), Stream.of(settings.dataRoot(), settings.backupsDir()))
        .filter(Files::exists)
        .forEach(
            path -> {
              for (Path at = path.toAbsolutePath().normalize().getParent();
                  at != null;
                  at = at.getParent()) {
                directories.add(at);
              }
            });
    directories.removeAll(code());
    directories.remove(settings.dataRoot());
    return directories;
  }

  private static Optional<Finding> writable(Path path) {
    return (mode(path) & BY_OTHERS) != 0 ? Optional.of(warning(path)) : Optional.empty();
  }

  /** In a sticky directory nobody can rename what belongs to another. */
  private static Optional<Finding> unprotected(Path directory) {
    int mode = mode(directory);
    return (mode & BY_OTHERS) != 0 && (mode & STICKY) == 0
        ? Optional.of(warning(directory))
        : Optional.empty();
  }

  private static Finding warning(Path path) {
    return Finding.warning(
        "every user of this machine can write to " + path,
        "Take that from them: chmod o-w '%s'.".formatted(path));
  }

  private Optional<Finding> foreign(Path path) {
    try {
      String owner = Files.getOwner(path).getName();
      return user.equals(NOBODY_KNOWN) || owner.equals(user) || owner.equals(ROOT)
          ? Optional.empty()
          : Optional.of(
              Finding.warning(
                  "%s belongs to %s, who can say what %s runs with it".formatted(path, owner, user),
                  "Run wb-backup as %s, or take it over: chown '%s' '%s'."
                      .formatted(owner, user, path)));
    } catch (IOException | UnsupportedOperationException notThere) {
      return Optional.empty();
    }
  }

  /** The permission bits; none where there is no file, or no such bits. */
  private static int mode(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:mode");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException none) {
      return 0;
    }
  }
}
