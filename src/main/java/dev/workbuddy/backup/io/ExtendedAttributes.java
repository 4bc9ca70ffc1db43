package dev.workbuddy.backup.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attributes beside a file's permissions on Linux: access control lists among them. Attributes
 * of one file are compared and set by whole values.
 */
final class ExtendedAttributes {
  /** No system has a longer value, or a longer list of names. */
  private static final int LONGEST = 1 << 16;

  private static final long EOPNOTSUPP = -95;
  private static final String ACCESS_LISTS = "system.posix_acl_";
  private static final String ACCESS_LIST = ACCESS_LISTS + "access";

  /** In the list's form: a version, then entries of a tag, rights and a number, as in acl(5). */
  private static final int BYTES_OF_VERSION = 4;

  private static final int BYTES_OF_ENTRY = 8;
  private static final short TAG_OF_GROUP = 0x04;

  private final LibC list;
  private final LibC get;
  private final LibC set;
  private final LibC remove;

  private ExtendedAttributes(LibC list, LibC get, LibC set, LibC remove) {
    this.list = list;
    this.get = get;
    this.set = set;
    this.remove = remove;
  }

  /** Empty where the system has none. */
  static Optional<ExtendedAttributes> ofSystem() {
    Optional<LibC> list = LibC.findOfSize("listxattr");
    Optional<LibC> get = LibC.findOfSize("getxattr");
    Optional<LibC> set = LibC.find("setxattr");
    Optional<LibC> remove = LibC.find("removexattr");
    return list.isPresent() && get.isPresent() && set.isPresent()
        ? remove.map(last -> new ExtendedAttributes(list.get(), get.get(), set.get(), last))
        : Optional.empty();
  }

  /** Those of a file, by name; none where the file system has none. */
  Map<String, byte[]> of(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file.toString());
      MemorySegment buffer = arena.allocate(LONGEST);
      long length = list.call(path, buffer, (long) LONGEST);
      if (length == EOPNOTSUPP) {
        return Map.of();
      }
      require(file, length, "its attributes cannot be listed");
      Map<String, byte[]> attributes = new TreeMap<>();
      for (String name :
          new String(bytes(buffer, length), StandardCharsets.UTF_8).split("\0", -1)) {
        if (!name.isEmpty()) {
          MemorySegment value = arena.allocate(LONGEST);
          long size = get.call(path, arena.allocateFrom(name), value, (long) LONGEST);
          require(file, size, name + " cannot be read");
          attributes.put(name, bytes(value, size));
        }
      }
      return attributes;
    }
  }

  /** What the access list lets the file's own group do, as bits; all where there is no list. */
  int groupRights(Path file) throws IOException {
    byte[] list = of(file).getOrDefault(ACCESS_LIST, new byte[0]);
    ByteBuffer entries = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = BYTES_OF_VERSION; at + BYTES_OF_ENTRY <= list.length; at += BYTES_OF_ENTRY) {
      if (entries.getShort(at) == TAG_OF_GROUP) {
        return entries.getShort(at + Short.BYTES);
      }
    }
    return 07;
  }

  private static byte[] bytes(MemorySegment buffer, long length) {
    return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * Gives a file these attributes. Of those that it has besides, access lists go: they came from
   * the directory that it was made in.
   */
  void give(Path file, Map<String, byte[]> wanted) throws IOException {
    Map<String, byte[]> before = of(file);
    for (String name : before.keySet()) {
      if (name.startsWith(ACCESS_LISTS) && !wanted.containsKey(name)) {
        removeFrom(file, name);
      }
    }
    for (Map.Entry<String, byte[]> attribute : wanted.entrySet()) {
      if (!Arrays.equals(attribute.getValue(), before.get(attribute.getKey()))) {
        set(file, attribute.getKey(), attribute.getValue());
      }
    }
  }

  private void removeFrom(Path file, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long result = remove.call(arena.allocateFrom(file.toString()), arena.allocateFrom(name));
      require(file, result, name + " cannot be removed");
    }
  }

  private void set(Path file, String name, byte[] value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
      long result =
          set.call(
              arena.allocateFrom(file.toString()),
              arena.allocateFrom(name),
              bytes,
              (long) value.length,
              0);
      require(file, result, name + " cannot be set");
    }
  }

  private static void require(Path file, long result, String otherwise) throws IOException {
    if (result < 0) {
      throw new FileSystemException(file.toString(), null, otherwise + " (errno " + -result + ")");
    }
  }
}
