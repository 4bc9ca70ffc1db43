package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Owner, group, permissions and extended attributes, access control lists among them: given to
 * files and directories that this process has made. A file is held first, then looked at, then
 * changed, so that nobody who may rename directories gets another file changed instead of it.
 *
 * @param base the files lie below this directory; a link on the way from there is not followed
 */
public record FileMetadata(Path base) {
  /** With those for inherited groups and sticky directories. */
  private static final int DIRECTORY_BITS = 07777;

  /** A file that runs as its owner is never made. */
  private static final int FILE_BITS = 01777;

  /**
   * Gives a file or directory what another one has. What the system refuses, for example to give a
   * file away without being root, is left as it is. A model that has vanished changes nothing.
   *
   * @return what could not be given, in words for the user
   * @throws IOException where the file is not there, or a link is in its place
   */
  public List<String> carry(Path model, Path file) throws IOException {
    return change(
        file,
        (to, refused) -> {
          try (HeldFile from = HeldFile.behind(model)) {
            giveAway(from.path(), to, file, refused);
            attempt(refused, file, "permissions", () -> permissions(from.path(), to));
            attempt(refused, file, "access list and attributes", () -> extended(from.path(), to));
          } catch (NoSuchFileException vanished) {
            // There is nothing to be like.
          }
        });
  }

  /**
   * Gives a file or directory the owner and group of another one.
   *
   * @return what could not be given, in words for the user
   */
  public List<String> giveAway(Path model, Path file) throws IOException {
    return change(file, (to, refused) -> giveAway(model, to, file, refused));
  }

  /**
   * Sets a file's permission bits.
   *
   * @return what the file system refused, in words for the user
   */
  public List<String> permit(Path file, int mode) throws IOException {
    return change(
        file,
        (to, refused) ->
            attempt(refused, file, "permissions", () -> FileModes.set(to, mode & FILE_BITS)));
  }

  @FunctionalInterface
  private interface Work {
    void on(Path held, List<String> refused) throws IOException;
  }

  private List<String> change(Path file, Work work) throws IOException {
    List<String> refused = new ArrayList<>();
    try (HeldFile held = HeldFile.below(base, file)) {
      if (isOurs(held.path())) {
        work.on(held.path(), refused);
      } else {
        refused.add(file + " is not this user's alone, so its owner and permissions stay");
      }
    } catch (UnsupportedOperationException none) {
      // This file system has no owners and permissions of that kind.
    }
    return refused;
  }

  /** What this process has made belongs to its user, and a file of it has no other name. */
  private static boolean isOurs(Path held) throws IOException {
    Optional<Long> user = LibC.find("geteuid").map(geteuid -> geteuid.call());
    if (user.isEmpty()) {
      return true;
    }
    return number(held, "unix:uid") == user.get()
        && (Files.isDirectory(held) || number(held, "unix:nlink") == 1);
  }

  private static long number(Path file, String attribute) throws IOException {
    return ((Number) Files.getAttribute(file, attribute)).longValue();
  }

  private static void giveAway(Path model, Path file, Path shown, List<String> refused)
      throws IOException {
    PosixFileAttributes wanted = Files.readAttributes(model, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributes actual = view.readAttributes();
    if (!actual.group().equals(wanted.group())) {
      attempt(refused, shown, "group, " + wanted.group(), () -> view.setGroup(wanted.group()));
    }
    if (!actual.owner().equals(wanted.owner())) {
      attempt(refused, shown, "owner, " + wanted.owner(), () -> view.setOwner(wanted.owner()));
    }
  }

  private static void permissions(Path model, Path file) throws IOException {
    int mode = (int) Files.getAttribute(model, "unix:mode");
    int bits = Files.isDirectory(file) ? DIRECTORY_BITS : FILE_BITS;
    Files.setAttribute(file, "unix:mode", mode & bits);
  }

  private static void extended(Path model, Path file) throws IOException {
    Optional<ExtendedAttributes> attributes = ExtendedAttributes.ofSystem();
    if (attributes.isPresent()) {
      attributes.get().give(file, attributes.get().of(model));
    }
  }

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  private static void attempt(List<String> refused, Path file, String what, Change change)
      throws IOException {
    try {
      change.make();
    } catch (NoSuchFileException vanished) {
      throw vanished;
    } catch (FileSystemException e) {
      refused.add("%s could not get its %s: %s".formatted(file, what, reason(e)));
    }
  }

  /** The name in the exception is that of a descriptor. */
  private static String reason(FileSystemException error) {
    return error.getReason() == null ? "not permitted" : error.getReason();
  }
}
