package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Permissions as the numbers that tarballs carry, on systems that have them. */
public final class FileModes {
  /** Only the owner reads and writes. */
  public static final int PRIVATE = 0600;

  private static final int GROUP = 0070;

  private FileModes() {}

  /**
   * The file's permission bits; private where the system has none or does not say. What an access
   * list gives to others than the file's own group is not the group's, if not everybody has it.
   */
  public static int of(Path file) {
    try {
      int mode = 0;
      for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
        mode |= bit(permission);
      }
      boolean groupAlone = (mode >> 3 & 07 & ~mode) != 0;
      return groupAlone ? mode & (~GROUP | groupRights(file) << 3) : mode;
    } catch (IOException | UnsupportedOperationException unknown) {
      return PRIVATE;
    }
  }

  /** With an access list, the bits of the group are those of everybody named in it together. */
  private static int groupRights(Path file) throws IOException {
    Optional<ExtendedAttributes> attributes = ExtendedAttributes.ofSystem();
    return attributes.isPresent() ? attributes.get().groupRights(file) : 07;
  }

  /** Sets the permission bits; does nothing where the system has none. */
  public static void set(Path file, int mode) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((mode & bit(permission)) != 0) {
        permissions.add(permission);
      }
    }
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(permissions);
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
