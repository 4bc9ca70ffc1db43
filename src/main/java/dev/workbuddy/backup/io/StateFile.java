package dev.workbuddy.backup.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the program's own small files, which others may have put something else in the place of.
 * It is read only where it is a regular file: a pipe is not waited for, a device is not opened, a
 * link is not followed. No more of it is read than the bound, however large it is or becomes.
 *
 * @param path where it is
 * @param mostBytes more than it ever needs
 */
public record StateFile(Path path, int mostBytes) {
  private static final String ASIDE = ".unreadable";

  /** How much litter there may be. */
  private static final List<String> ASIDE_NAMES = List.of(ASIDE, ASIDE + "-2", ASIDE + "-3");

  /** Reads it whole. Never throws for what it finds. */
  public Stored<byte[]> read() {
    try {
      return new Stored.Found<>(bytes());
    } catch (NoSuchFileException none) {
      return new Stored.Absent<>();
    } catch (UnusableFileException unusable) {
      return new Stored.Unusable<>(unusable.why());
    } catch (AccessDeniedException denied) {
      return new Stored.Unusable<>("cannot be read: not permitted");
    } catch (IOException e) {
      return new Stored.Unusable<>("cannot be read: " + IoMessages.of(e));
    }
  }

  /** Reads it as a JSON document that fits the record; empty files and damage are unusable. */
  public <T> Stored<T> json(Class<T> type) {
    return read().read(document -> Json.read(document, type));
  }

  /**
   * Reads it whole, for those to whom it matters why it cannot be read.
   *
   * @throws NoSuchFileException where there is none
   * @throws UnusableFileException where it is no regular file, or larger than the bound
   * @throws IOException where the system does not give it out
   */
  public byte[] bytes() throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new UnusableFileException(path, "is " + kind(found) + ", not a file");
    }
    if (found.size() > mostBytes) {
      throw tooLarge();
    }
    try (InputStream content =
        Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = content.readNBytes(mostBytes);
      if (content.read() >= 0) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  private UnusableFileException tooLarge() {
    return new UnusableFileException(path, "is larger than " + Space.text(mostBytes));
  }

  private static String kind(BasicFileAttributes found) {
    if (found.isDirectory()) {
      return "a directory";
    }
    return found.isSymbolicLink() ? "a link" : "a pipe, a socket or a device";
  }

  /**
   * Replaces its content, or creates it. What cannot be used is set aside, not overwritten.
   *
   * @param found what reading it came to
   * @return what the user should know; empty where nothing was set aside
   * @throws UnusableFileException where something is in the way and cannot be moved
   */
  public Optional<String> replace(byte[] content, Stored<?> found) throws IOException {
    Optional<String> told = settle(found);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      setAside();
    }
    DurableFiles.write(path, content);
    return told;
  }

  /**
   * Sets aside what cannot be used, and leaves everything else alone.
   *
   * @param found what reading it came to
   * @return what the user should know; empty where nothing was set aside
   * @throws UnusableFileException where it cannot be moved
   */
  public Optional<String> settle(Stored<?> found) throws IOException {
    Optional<String> why = found.problem();
    return why.isEmpty() ? Optional.empty() : setAside().map(place -> words(why.get(), place));
  }

  private String words(String why, Path place) {
    return "%s %s; it was set aside as %s, and a new one begun"
        .formatted(path.getFileName(), why, place.getFileName());
  }

  /** Takes it away; something that is not ours, such as a directory, is set aside. */
  public void remove() throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      setAside();
    } else {
      Files.deleteIfExists(path);
    }
  }

  /**
   * Renames what cannot be used, so that nobody loses it and it is in nobody's way. A few such are
   * kept; the newest takes the last one's place.
   *
   * @return its new place; empty where nothing is there
   * @throws UnusableFileException where it cannot be moved
   */
  public Optional<Path> setAside() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    List<Path> places =
        ASIDE_NAMES.stream().map(end -> path.resolveSibling(path.getFileName() + end)).toList();
    Path place =
        places.stream()
            .filter(name -> !Files.exists(name, LinkOption.NOFOLLOW_LINKS))
            .findFirst()
            .orElse(places.getLast());
    try {
      DurableFiles.rename(path, place);
    } catch (IOException e) {
      throw new UnusableFileException(
          path, "is in the way and cannot be moved to %s: %s".formatted(place, IoMessages.of(e)));
    }
    return Optional.of(place);
  }

  /** The names of what was set aside in a directory, sorted. */
  public static List<String> asideIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> ASIDE_NAMES.stream().anyMatch(name::endsWith))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }
}
