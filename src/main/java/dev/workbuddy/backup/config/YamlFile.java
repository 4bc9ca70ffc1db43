package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.io.UserFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads one configuration file, of which only our part is looked at; whatever is wrong with it
 * becomes a problem.
 */
final class YamlFile {
  /** More than any real one needs. */
  static final int MOST_BYTES = 1 << 20;

  private final Path path;
  private final String name;
  private final Problems problems;

  YamlFile(Path path, String name, Problems problems) {
    this.path = path;
    this.name = name;
    this.problems = problems;
  }

  /** The root section, empty for an empty file; nothing where a problem was found instead. */
  Optional<Mapping> read() {
    return text().flatMap(new YamlReader(name, problems, OwnKeys::isRead)::read);
  }

  /** The whole text; nothing where a problem was found instead. */
  Optional<String> text() {
    return bytes().flatMap(this::decoded);
  }

  private Optional<byte[]> bytes() {
    try {
      return Optional.of(new UserFile(path, MOST_BYTES).bytes());
    } catch (UnusableFileException e) {
      return failed(0, e.why());
    } catch (AccessDeniedException e) {
      return failed(0, "cannot be read: this user is not permitted to");
    } catch (IOException e) {
      return failed(0, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Optional<String> decoded(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      return failed(line, "is not UTF-8 text");
    }
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private <T> Optional<T> failed(int line, String problem) {
    problems.add(new Position(name, line), problem);
    return Optional.empty();
  }
}
