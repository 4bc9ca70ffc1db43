package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that is somebody else's to write: the user's, the system's. A link to it is followed, as
 * whoever made it wants; else it is read as carefully as a {@link StateFile}.
 *
 * @param path where it is, or a link to it
 * @param mostBytes no more than this is read
 */
public record UserFile(Path path, int mostBytes) {

  /**
   * Reads it whole.
   *
   * @throws NoSuchFileException where there is none
   * @throws UnusableFileException where it is no regular file, or larger than the bound
   */
  public byte[] bytes() throws IOException {
    return new StateFile(real(), mostBytes).bytes();
  }

  /**
   * Reads it whole as text.
   *
   * @throws CharacterCodingException where it is not UTF-8
   */
  public String text() throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
  }

  private Path real() throws IOException {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException none) {
      if (Files.isSymbolicLink(path)) {
        throw new UnusableFileException(path, "is a link to something that is not there");
      }
      throw none;
    }
  }

  /** Whether there is something, even if it cannot be used. */
  public boolean isThere() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
