package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as the numbers that tarballs carry, on systems that have them. */
public final class FileModes {
  /** Only the owner reads and writes. */
  public static final int PRIVATE = 0600;

  /** With those for inherited groups and sticky directories. */
  private static final int ALL_BITS = 07777;

  private FileModes() {}

  /** The file's permission bits; private where the system has none or does not say. */
  public static int of(Path file) {
    try {
      int mode = 0;
      for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
        mode |= bit(permission);
      }
      return mode;
    } catch (IOException | UnsupportedOperationException unknown) {
      return PRIVATE;
    }
  }

  /** Sets the permission bits; does nothing where the system has none. */
  public static void set(Path file, int mode) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((mode & bit(permission)) != 0) {
        permissions.add(permission);
      }
    }
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  /**
   * Gives a file or directory the owner, group and permissions of another. Only a privileged user
   * can give files away; for others they stay with who restores. A model that has vanished is not
   * imitated.
   */
  public static void imitate(Path model, Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    boolean unix = Files.getFileStore(file).supportsFileAttributeView("unix");
    PosixFileAttributes wanted;
    int mode;
    try {
      wanted = Files.readAttributes(model, PosixFileAttributes.class);
      mode = unix ? (int) Files.getAttribute(model, "unix:mode") & ALL_BITS : 0;
    } catch (NoSuchFileException vanished) {
      return;
    }
    giveAway(view, wanted);
    if (unix) {
      Files.setAttribute(file, "unix:mode", mode);
    } else {
      view.setPermissions(wanted.permissions());
    }
  }

  private static void giveAway(PosixFileAttributeView view, PosixFileAttributes wanted)
      throws IOException {
    PosixFileAttributes actual = view.readAttributes();
    try {
      if (!actual.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!actual.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
    } catch (FileSystemException notPermitted) {
      // Permissions still apply, to this user's file.
    }
  }

  private static int bit(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ -> 0400;
      case OWNER_WRITE -> 0200;
      case OWNER_EXECUTE -> 0100;
      case GROUP_READ -> 0040;
      case GROUP_WRITE -> 0020;
      case GROUP_EXECUTE -> 0010;
      case OTHERS_READ -> 0004;
      case OTHERS_WRITE -> 0002;
      case OTHERS_EXECUTE -> 0001;
    };
  }
}
