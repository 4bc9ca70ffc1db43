package dev.workbuddy.backup.snapshot.archive;

import dev.workbuddy.backup.io.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

/** Writes new files below one directory, never over something and never through a link. */
final class StagedFiles {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path directory;
  private final ArchiveErrors errors;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  StagedFiles(Path directory, ArchiveErrors errors) {
    this.directory = directory;
    this.errors = errors;
  }

  /** Writes the reader's current file, whose name the reader has checked; does not sync it. */
  UnpackedFile write(ArchiveEntryInfo entry, TarReader content) throws IOException {
    Path file = path(entry.name());
    createParents(directory.relativize(file));
    MessageDigest sha256 = Sha256.digest();
    try (OutputStream out = create(file)) {
      int count;
      while ((count = content.read(buffer, 0, buffer.length)) >= 0) {
        sha256.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    String hex = HexFormat.of().formatHex(sha256.digest());
    return new UnpackedFile(entry.name(), file, entry.bytes(), hex, entry.mode());
  }

  private Path path(String name) throws IOException {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      throw new IOException("this system has no file name for " + ArchiveErrors.quote(name), e);
    }
  }

  private void createParents(Path relative) throws IOException {
    Path parent = directory;
    for (int i = 0; i < relative.getNameCount() - 1; i++) {
      parent = parent.resolve(relative.getName(i));
      if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
        createDirectory(parent);
      }
    }
  }

  private void createDirectory(Path path) throws IOException {
    try {
      Files.createDirectory(path);
    } catch (FileAlreadyExistsException e) {
      throw inTheWay(path);
    } catch (FileSystemException e) {
      throw unlessTooLong(path, e);
    }
  }

  /** How long names may be, and whole paths, is known to the file system alone. */
  private FileSystemException unlessTooLong(Path path, FileSystemException e) {
    if (String.valueOf(e.getReason()).contains("name too long")) {
      throw errors.unsafe(
          "%s cannot be written, the name is too long for this file system."
              .formatted(ArchiveErrors.quote(directory.relativize(path).toString())));
    }
    return e;
  }

  private OutputStream create(Path file) throws IOException {
    try {
      return Channels.newOutputStream(
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              DurableFiles.privateFile()));
    } catch (FileAlreadyExistsException e) {
      throw inTheWay(file);
    } catch (FileSystemException e) {
      throw unlessTooLong(file, e);
    }
  }

  private RuntimeException inTheWay(Path path) {
    return errors.unsafe(
        "%s cannot be written, something else is there."
            .formatted(ArchiveErrors.quote(path.toString())));
  }
}
