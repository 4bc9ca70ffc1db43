package dev.workbuddy.backup.io;

import dev.workbuddy.backup.io.MountTable.Mount;
import dev.workbuddy.backup.io.MountTable.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is mounted where, as far as the system says it; nothing where it does not. */
public final class Mounts {
  private static final MountTable NONE = new MountTable(List.of());

  private Mounts() {}

  /**
   * A mount that shows a directory, or something in it, under another name; or one in it that only
   * other processes see. Neither follows when the directory gets another name.
   *
   * @param point its name, as those who see it say
   * @param shows whether it shows the directory; else it lies in it
   * @param process the first of those who see it; null where this one does
   */
  public record Elsewhere(String point, boolean shows, @Nullable Onlooker process) {}

  /** A process that sees other mounts than this one. */
  public record Onlooker(long pid, String command) {}

  /** Whether something is mounted on exactly this directory. */
  public static boolean isMountPoint(Path directory) throws IOException {
    return own().isPoint(directory.toRealPath().toString());
  }

  /** The mount points below the directory, real paths; not the directory itself. */
  public static List<Path> below(Path directory) throws IOException {
    return own().below(directory.toRealPath().toString()).stream()
        .map(mount -> pathOr(mount.point(), directory))
        .distinct()
        .toList();
  }

  /** A name that this process cannot express stands for whatever is there. */
  private static Path pathOr(String point, Path otherwise) {
    try {
      return otherwise.getFileSystem().getPath(point);
    } catch (InvalidPathException inexpressible) {
      return otherwise;
    }
  }

  /** Other mounts of the directory or of something in it, whoever sees them. */
  public static List<Elsewhere> elsewhere(Path directory) throws IOException {
    String path = directory.toRealPath().toString();
    MountTable own = own();
    Optional<Place> place = own.place(path);
    List<Elsewhere> found = new ArrayList<>();
    if (place.isPresent()) {
      own.mounts().stream()
          .filter(mount -> shows(mount, place.get()) && !MountTable.isIn(mount.point(), path))
          .forEach(mount -> found.add(new Elsewhere(mount.point(), true, null)));
      own.mounts().stream()
          .filter(mount -> isLayered(mount, path) && !MountTable.isIn(mount.point(), path))
          .forEach(mount -> found.add(new Elsewhere(mount.point(), true, null)));
      for (MountNamespaces.Other other : MountNamespaces.others()) {
        addSeenBy(other, place.get(), found);
      }
    }
    return List.copyOf(found);
  }

  private static void addSeenBy(MountNamespaces.Other other, Place place, List<Elsewhere> found) {
    for (Mount mount : other.table().mounts()) {
      boolean shows = shows(mount, place);
      if (shows || other.table().under(mount).filter(place::holds).isPresent()) {
        found.add(new Elsewhere(mount.point(), shows, other.onlooker()));
      }
    }
  }

  /** Whether an overlay shows the directory, or something in it. */
  private static boolean isLayered(Mount mount, String path) {
    return mount.layers().stream()
            .anyMatch(layer -> MountTable.isIn(layer, path) || MountTable.isIn(path, layer))
        && !mount.point().equals("/");
  }

  private static boolean shows(Mount mount, Place place) {
    return place.holds(mount.shown()) && !mount.isOfNothing();
  }

  /** Whether two paths, which are there, lie in one file system, under whatever mounts. */
  public static boolean areOnOneDisk(Path one, Path other) throws IOException {
    MountTable own = own();
    Optional<Place> first = own.place(one.toRealPath().toString());
    Optional<Place> second = own.place(other.toRealPath().toString());
    return (first.isPresent() && second.isPresent())
        ? first.get().device().equals(second.get().device())
        : Files.getFileStore(one).equals(Files.getFileStore(other));
  }

  /**
   * The first directory of a tree, the root included, that lies in another file system than the one
   * that the root stands in: nothing can be renamed or linked across.
   */
  public static Optional<Path> firstForeign(Path root) throws IOException {
    Object device = device(DurableFiles.parent(root.toRealPath()));
    if (device == null) {
      return Optional.empty();
    }
    return FileTrees.list(root).stream()
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .filter(path -> !Objects.requireNonNullElse(device(path), device).equals(device))
        .findFirst();
  }

  /** Null where the system has no such number, or the path is gone. */
  private static @Nullable Object device(Path path) {
    try {
      return Files.getAttribute(path, "unix:dev");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return null;
    }
  }

  private static MountTable own() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.isReadable(self.resolve("mountinfo")) ? MountTable.of(self) : NONE;
  }
}
