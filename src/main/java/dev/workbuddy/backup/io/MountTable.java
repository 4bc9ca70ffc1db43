package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The mounts that one process sees, as Linux lists them in {@code mountinfo}. */
record MountTable(List<Mount> mounts) {
  private static final int FIELDS = 5;
  private static final String OVERLAY = "overlay";
  private static final String DELETED = "//deleted";

  MountTable {
    mounts = List.copyOf(mounts);
  }

  /**
   * One mount.
   *
   * @param parent the id of the mount that it is on; of none in the table where that cannot be seen
   * @param device of the whole file system, whatever {@code stat} says of its parts
   * @param root what of its file system is mounted
   * @param point where, in the process's own words
   * @param layers the directories that it is put together from, in the words of whoever mounted it
   */
  record Mount(
      String id, String parent, String device, String root, String point, List<String> layers) {
    Place shown() {
      return new Place(device, root);
    }

    /** Whether what it shows has no name any more. */
    boolean isOfNothing() {
      return root.endsWith(DELETED);
    }
  }

  /** A file or directory, by where it is in its file system, under whatever names. */
  record Place(String device, String path) {
    /** Whether the other is this one, or lies below it. */
    boolean holds(Place other) {
      return device.equals(other.device) && isIn(other.path, path);
    }
  }

  /** That of a process, by its directory in {@code /proc}. */
  static MountTable of(Path process) throws IOException {
    return parse(Files.readAllBytes(process.resolve("mountinfo")));
  }

  /** Names there need not be text; those that are not match no path of ours. */
  static MountTable parse(byte[] list) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : new String(list, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length >= FIELDS) {
        mounts.add(
            new Mount(
                fields[0],
                fields[1],
                fields[2],
                plain(fields[3]),
                plain(fields[4]),
                layers(List.of(fields))));
      }
    }
    return new MountTable(mounts);
  }

  /** An overlay shows what its layers hold, and writes into the upper one. */
  private static List<String> layers(List<String> fields) {
    int dash = fields.lastIndexOf("-");
    boolean isOverlay =
        dash > 0 && dash + 3 < fields.size() && fields.get(dash + 1).equals(OVERLAY);
    return !isOverlay
        ? List.of()
        : Stream.of(fields.get(dash + 3).split(",", -1))
            .filter(option -> option.startsWith("upperdir=") || option.startsWith("lowerdir="))
            .flatMap(option -> Stream.of(option.substring("upperdir=".length()).split(":", -1)))
            .map(MountTable::plain)
            .toList();
  }

  /** White space and backslashes are written there as three octal digits. */
  private static String plain(String field) {
    StringBuilder bytes = new StringBuilder();
    for (int at = 0; at < field.length(); at++) {
      boolean escape = field.charAt(at) == '\\' && field.length() > at + 3;
      bytes.append(escape ? (char) Integer.parseInt(field, at + 1, at + 4, 8) : field.charAt(at));
      at += escape ? 3 : 0;
    }
    return new String(
        bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Whether something is mounted on exactly this path. */
  boolean isPoint(String path) {
    return mounts.stream().anyMatch(mount -> mount.point().equals(path));
  }

  /** What is mounted below the path, not on it. */
  List<Mount> below(String path) {
    return mounts.stream()
        .filter(mount -> isIn(mount.point(), path) && !mount.point().equals(path))
        .toList();
  }

  /** Where an absolute path without links leads; empty where the table does not reach it. */
  Optional<Place> place(String path) {
    return mountOf(path).map(mount -> placeIn(mount, path));
  }

  /** Where the mount stands in the file system that it is on; empty where that is not seen. */
  Optional<Place> under(Mount mount) {
    return mounts.stream()
        .filter(other -> other.id().equals(mount.parent()) && isIn(mount.point(), other.point()))
        .findFirst()
        .map(parent -> placeIn(parent, mount.point()));
  }

  private static Place placeIn(Mount mount, String path) {
    String rest = path.substring(mount.point().equals("/") ? 0 : mount.point().length());
    String root = mount.root().equals("/") ? "" : mount.root();
    String whole = rest.equals("/") ? root : root + rest;
    return new Place(mount.device(), whole.isEmpty() ? "/" : whole);
  }

  /** From mount to mount on the way down, as the system goes: others may be hidden below one. */
  private Optional<Mount> mountOf(String path) {
    List<Mount> left = new ArrayList<>(mounts);
    left.removeIf(mount -> !isIn(path, mount.point()));
    Optional<Mount> at = first(left, this::isRoot);
    Optional<Mount> next = at;
    while (next.isPresent()) {
      Mount here = next.get();
      at = next;
      left.remove(here);
      next = first(left, mount -> mount.parent().equals(here.id()));
    }
    return at;
  }

  private static Optional<Mount> first(List<Mount> candidates, Predicate<Mount> which) {
    return candidates.stream()
        .filter(which)
        .min(Comparator.comparingInt(mount -> mount.point().length()));
  }

  private boolean isRoot(Mount mount) {
    return mounts.stream()
        .noneMatch(other -> other.id().equals(mount.parent()) && !other.equals(mount));
  }

  static boolean isIn(String path, String directory) {
    return path.equals(directory)
        || directory.equals("/")
        || (path.startsWith(directory) && path.charAt(directory.length()) == '/');
  }
}
