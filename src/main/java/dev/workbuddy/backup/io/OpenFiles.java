package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which other processes hold files below a directory open, as far as the system shows it. */
public final class OpenFiles {
  private static final Path PROC = Path.of("/proc");
  private static final int COMMAND_LIMIT = 120;

  private OpenFiles() {}

  /** A process that has a file open. */
  public record Holder(long pid, String command, String file) {}

  /**
   * What could be seen.
   *
   * @param everyProcessSeen false where some process could not be looked into, or where the system
   *     shows nothing at all: then an empty list proves nothing
   */
  public record Scan(List<Holder> holders, boolean everyProcessSeen) {
    public Scan {
      holders = List.copyOf(holders);
    }
  }

  /** Looks for holders of any file in the tree; files are told apart by identity, not by name. */
  public static Scan below(Path directory) throws IOException {
    return among(FileTrees.list(directory));
  }

  /** Looks for holders of any of the files; directories among them are passed over. */
  public static Scan among(List<Path> files) throws IOException {
    if (!Files.isDirectory(PROC.resolve("self/fd"))) {
      return new Scan(List.of(), false);
    }
    Map<Object, Path> identities = identities(files);
    List<Holder> holders = new ArrayList<>();
    boolean everyProcessSeen = true;
    for (Path process : processes()) {
      everyProcessSeen &= addHolder(process, identities, holders);
    }
    return new Scan(holders, everyProcessSeen);
  }

  /** Who has what open, as a part of a sentence. */
  public static String words(List<Holder> holders) {
    return holders.stream()
        .map(
            holder ->
                "pid %d (%s) has %s open".formatted(holder.pid(), holder.command(), holder.file()))
        .collect(Collectors.joining("; "));
  }

  private static Map<Object, Path> identities(List<Path> files) {
    Map<Object, Path> identities = new HashMap<>();
    for (Path file : files) {
      Object key = Files.isDirectory(file) ? null : identity(file);
      if (key != null) {
        identities.put(key, file);
      }
    }
    return identities;
  }

  /** All but this one, by their directories. */
  static List<Path> processes() throws IOException {
    String self = Long.toString(ProcessHandle.current().pid());
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(entry -> !entry.getFileName().toString().equals(self))
          .toList();
    }
  }

  /** Adds the process if it holds one of the files; false if it could not be looked into. */
  private static boolean addHolder(
      Path process, Map<Object, Path> identities, List<Holder> holders) {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      descriptors
          .filter(descriptor -> isOneOf(identities, descriptor))
          .findFirst()
          .ifPresent(descriptor -> holders.add(holder(process, descriptor)));
      return true;
    } catch (IOException | java.io.UncheckedIOException e) {
      return !Files.exists(process, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * A file may have been deleted since it was listed, and its number given to another one. As long
   * as the descriptor is open that cannot happen, so the listed name is looked at once more.
   */
  private static boolean isOneOf(Map<Object, Path> identities, Path descriptor) {
    Object key = identity(descriptor);
    Path listed = key == null ? null : identities.get(key);
    return listed != null && Objects.equals(key, identity(listed));
  }

  private static @Nullable Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException gone) {
      return null;
    }
  }

  private static Holder holder(Path process, Path descriptor) {
    return new Holder(
        Long.parseLong(process.getFileName().toString()), command(process), target(descriptor));
  }

  /** Its first words; a question mark where they cannot be read. */
  static String command(Path process) {
    try (var stream = Files.newInputStream(process.resolve("cmdline"))) {
      byte[] start = stream.readNBytes(COMMAND_LIMIT);
      return SafeText.line(new String(start, StandardCharsets.UTF_8).replace('\0', ' '));
    } catch (IOException unreadable) {
      return "?";
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException gone) {
      return "?";
    }
  }
}
