package dev.workbuddy.backup.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

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
      return bytes();
    } catch (NoSuchFileException none) {
      return new Stored.Absent<>();
    } catch (AccessDeniedException denied) {
      return new Stored.Unusable<>("cannot be read: not permitted");
    } catch (IOException e) {
      return new Stored.Unusable<>("cannot be read: " + IoWords.of(e));
    }
  }

  /** Reads it as a JSON document that fits the record; empty files and damage are unusable. */
  public <T> Stored<T> json(Class<T> type) {
    return read().read(document -> Json.read(document, type));
  }

  private Stored<byte[]> bytes() throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      return new Stored.Unusable<>("is " + kind(found) + ", not a file");
    }
    if (found.size() > mostBytes) {
      return tooLarge();
    }
    try (InputStream content =
        Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = content.readNBytes(mostBytes);
      return content.read() < 0 ? new Stored.Found<>(bytes) : tooLarge();
    }
  }

  private Stored<byte[]> tooLarge() {
    return new Stored.Unusable<>("is larger than " + Space.text(mostBytes));
  }

  private static String kind(BasicFileAttributes found) {
    if (found.isDirectory()) {
      return "a directory";
    }
    return found.isSymbolicLink() ? "a link" : "a pipe, a socket or a device";
  }

  /** Replaces its content, or creates it. What lies in its way and is no file is set aside. */
  public void write(byte[] content) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      setAside();
    }
    DurableFiles.write(path, content);
  }

  /**
   * Renames what cannot be used, so that nobody loses it and it is in nobody's way. A few such are
   * kept; the newest takes the last one's place.
   *
   * @return its new place; empty where nothing is there
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
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(place.toString(), null, "it is in the way");
    }
    DurableFiles.rename(path, place);
    return Optional.of(place);
  }
}
