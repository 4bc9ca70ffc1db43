package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.Mounts;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mounts that do not follow when directories are swapped. What is mounted in the live directory
 * would be emptied or left behind; who sees it under another mount would go on with the old data.
 */
final class MountsInTheWay {
  private static final int MOST_NAMED = 3;
  static final String HINT =
      "Stop what uses it and unmount it, then try again; or `wb-backup restore latest --to DIR`,"
          + " stop the application, and copy the databases from there. Nothing was changed.";

  private MountsInTheWay() {}

  /**
   * What is mounted on a directory or in it, and parts of it that lie in another file system.
   *
   * @return in words for the user; empty where there is none, or no directory
   */
  static List<String> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (Mounts.isMountPoint(directory)) {
      return List.of(
          directory + " is a mount point, which cannot be swapped: mount its parent instead");
    }
    List<String> words = new ArrayList<>();
    for (Path point : Mounts.below(directory)) {
      words.add(
          "something is mounted on %s, in the directory that is swapped: unmount it"
              .formatted(point));
    }
    Optional<Path> foreign = words.isEmpty() ? Mounts.firstForeign(directory) : Optional.empty();
    foreign.ifPresent(
        path -> words.add(path + " is a file system of its own, which cannot be carried over"));
    return shortened(words);
  }

  /**
   * Who sees a directory, or something in it, by another mount: in a container, for example.
   *
   * @return in words for the user; empty where nobody is seen to, or there is no directory
   */
  static List<String> elsewhere(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || Mounts.isMountPoint(directory)) {
      return List.of();
    }
    return shortened(
        Mounts.elsewhere(directory).stream().map(mount -> words(mount, directory)).toList());
  }

  private static String words(Mounts.Elsewhere mount, Path directory) {
    Mounts.Onlooker process = mount.process();
    if (process == null) {
      return "%s shows %s under another name, and would go on showing the old data: unmount it"
          .formatted(mount.point(), directory);
    }
    return mount.shows()
        ? "pid %d (%s) sees %s as %s, by a mount of its own, and would go on seeing the old data: stop it"
            .formatted(process.pid(), process.command(), directory, mount.point())
        : "pid %d (%s) has something mounted on %s, in %s, which only it sees: stop it"
            .formatted(process.pid(), process.command(), mount.point(), directory);
  }

  private static List<String> shortened(List<String> words) {
    if (words.size() <= MOST_NAMED) {
      return List.copyOf(words);
    }
    List<String> some = new ArrayList<>(words.subList(0, MOST_NAMED));
    some.add("and %d more mounts".formatted(words.size() - MOST_NAMED));
    return List.copyOf(some);
  }

  /**
   * Returns only where nothing is mounted on the directory or in it.
   *
   * @throws BackupException {@code live-directory-mounted}
   */
  static void requireNone(Path directory) throws IOException {
    refuseIfAny(in(directory));
  }

  /**
   * Returns only where, besides, nobody sees the directory by another mount.
   *
   * @throws BackupException {@code live-directory-mounted}
   */
  static void requireNoneAnywhere(Path directory) throws IOException {
    refuseIfAny(anywhere(directory));
  }

  /** All of both kinds. */
  static List<String> anywhere(Path directory) throws IOException {
    return Stream.concat(in(directory).stream(), elsewhere(directory).stream()).toList();
  }

  private static void refuseIfAny(List<String> words) {
    if (!words.isEmpty()) {
      throw refusal(words, HINT);
    }
  }

  static BackupException refusal(List<String> words, String hint) {
    return new BackupException(
        ErrorCode.LIVE_DIRECTORY_MOUNTED,
        "the live directory cannot be swapped: " + String.join("; ", words),
        hint);
  }
}
