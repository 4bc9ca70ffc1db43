package dev.workbuddy.backup.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file or directory that is held by its identity: whatever its name leads to by now, what is
 * asked of {@link #path} and done to it concerns this very one. It is held without being opened, so
 * a pipe does not block, and letting go of a database does not give up SQLite's locks on it. Where
 * the system cannot hold a file like that, the path is the file's own.
 */
final class HeldFile implements Closeable {
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_PATH = 010000000;
  private static final long ENOENT = -2;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Path path;
  private final Runnable letGo;

  private HeldFile(Path path, Runnable letGo) {
    this.path = path;
    this.letGo = letGo;
  }

  /** Holds what the path leads to. */
  static HeldFile behind(Path file) throws IOException {
    Optional<Calls> calls = Calls.find();
    return calls.isPresent()
        ? calls.get().held(calls.get().open(AT_FDCWD, file.toAbsolutePath(), 0))
        : new HeldFile(file, () -> {});
  }

  /**
   * Holds a file or directory below another directory.
   *
   * @param base followed wherever its name leads
   * @throws IOException where something on the way from there is a link, or is not there
   */
  static HeldFile below(Path base, Path file) throws IOException {
    Optional<Calls> calls = Calls.find();
    if (calls.isPresent()) {
      return calls.get().below(base, file);
    }
    for (Path path = file; !path.equals(base); path = DurableFiles.parent(path)) {
      refuseLink(Files.isSymbolicLink(path), path);
    }
    return new HeldFile(file, () -> {});
  }

  private static void refuseLink(boolean isLink, Path file) throws FileSystemException {
    if (isLink) {
      throw new FileSystemException(file.toString(), null, "a symbolic link is in the way");
    }
  }

  /** Leads to the held file and to nothing else, until it is closed. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    letGo.run();
  }

  /** The system's calls; the number of a flag depends on the processor. */
  private record Calls(LibC openat, LibC close, int noFollow) {
    static Optional<Calls> find() {
      int noFollow =
          switch (System.getProperty("os.arch", "")) {
            case "amd64" -> 0400000;
            case "aarch64" -> 0100000;
            default -> 0;
          };
      Optional<LibC> openat = LibC.find("openat");
      Optional<LibC> close = LibC.find("close");
      return noFollow != 0 && Files.isDirectory(DESCRIPTORS) && openat.isPresent()
          ? close.map(found -> new Calls(openat.get(), found, noFollow))
          : Optional.empty();
    }

    HeldFile held(int descriptor) {
      return new HeldFile(pathOf(descriptor), () -> close.call(descriptor));
    }

    private static Path pathOf(int descriptor) {
      return DESCRIPTORS.resolve(Integer.toString(descriptor));
    }

    HeldFile below(Path base, Path file) throws IOException {
      int descriptor = open(AT_FDCWD, base.toAbsolutePath(), 0);
      try {
        for (Path name : base.relativize(file)) {
          int parent = descriptor;
          descriptor = open(parent, name, noFollow);
          close.call(parent);
          refuseLink(isLink(pathOf(descriptor)), file);
        }
        return held(descriptor);
      } catch (IOException e) {
        close.call(descriptor);
        throw e;
      }
    }

    /** Without following it, the system holds a link itself. */
    private static boolean isLink(Path held) throws IOException {
      return Files.readAttributes(held, BasicFileAttributes.class).isSymbolicLink();
    }

    int open(int directory, Path name, int flags) throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        long opened =
            openat.call(directory, arena.allocateFrom(name.toString()), O_PATH | O_CLOEXEC | flags);
        if (opened == ENOENT) {
          throw new NoSuchFileException(name.toString());
        }
        if (opened < 0) {
          throw new FileSystemException(name.toString(), null, "errno " + -opened);
        }
        return (int) opened;
      }
    }
  }
}
