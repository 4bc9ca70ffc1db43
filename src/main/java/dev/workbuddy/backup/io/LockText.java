package dev.workbuddy.backup.io;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a lock's file says: who holds it. A file that says anything else is none of ours. */
final class LockText {
  private static final int LONGEST = 1000;
  private static final Pattern OWN = Pattern.compile("(pid \\d+, to [^\\p{Cc}]*\\R?)?");

  private LockText() {}

  /**
   * Refuses what is no file, before it is opened: that could wait for ever.
   *
   * @throws BackupException {@code io-failed}
   */
  static void requireOwn(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        throw foreign(file, "it is not a file");
      }
    } catch (NoSuchFileException notYet) {
      // It is about to be made.
    }
  }

  /** Says who holds the lock now; a full disk, which cannot take that, is no reason to fail. */
  static void write(Path file, FileChannel channel, String text) throws IOException {
    if (!OWN.matcher(content(channel)).matches()) {
      throw foreign(file, "it holds something else");
    }
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException full) {
      // The lock counts, not its text.
    }
  }

  /** Who holds it; empty where the file does not say. */
  static Optional<String> read(Path file) throws IOException {
    requireOwn(file);
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return Optional.of(content(channel).strip())
          .filter(text -> !text.isEmpty() && OWN.matcher(text).matches());
    }
  }

  private static String content(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(LONGEST);
    int length = Math.max(0, channel.read(start, 0));
    return new String(start.array(), 0, length, StandardCharsets.UTF_8);
  }

  private static BackupException foreign(Path file, String why) {
    return new BackupException(
        ErrorCode.IO_FAILED,
        "cannot lock %s: %s".formatted(file, why),
        "Look at it, then move it away; wb-backup creates a new lock.");
  }
}
