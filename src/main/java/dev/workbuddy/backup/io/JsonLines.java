package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * Records so far, oldest first, one JSON document on each line. The file is replaced as a whole, so
 * it is never cut, and holds only the newest records.
 *
 * @param reader makes a record of a line's bytes; throws {@link JacksonException} where it cannot
 * @param mostLines how many it holds
 * @param mostBytes how large it becomes; the newest record stays whatever its size
 * @param <T> the records
 */
public record JsonLines<T>(Path file, Function<byte[], T> reader, int mostLines, int mostBytes) {
  /** More than it becomes, unless one record alone is as large. */
  private static final int MOST_READ = 16 << 20;

  /** All that can be read, oldest first; lines that cannot, are passed over. */
  public List<T> read() throws IOException {
    return lines().stream().flatMap(line -> record(line).stream()).toList();
  }

  /** The newest that can be read. */
  public Optional<T> newest() throws IOException {
    return lines().reversed().stream().flatMap(line -> record(line).stream()).findFirst();
  }

  /** Why none of them can be read, with the file's name; empty where some can, or there is none. */
  public Optional<String> problem() {
    return judged().problem().map(why -> file.getFileName() + " " + why);
  }

  /**
   * Sets the file aside where none of it can be read.
   *
   * @return what the user should know; empty where nothing was set aside
   */
  public Optional<String> settle() throws IOException {
    return stateFile().settle(judged());
  }

  /**
   * Adds the newest; a file of which nothing can be read is set aside before. Requires that nobody
   * else writes at the same time.
   *
   * @return what the user should know; empty where nothing was set aside
   */
  public Optional<String> add(T newest) throws IOException {
    Optional<String> told = settle();
    List<String> lines = new ArrayList<>(lines());
    if (!lines.isEmpty() && record(lines.getLast()).isEmpty()) {
      lines.removeLast(); // Cut by somebody else's copy: it would never become whole.
    }
    write(lines, newest);
    return told;
  }

  /** Puts another in the place of the newest, if that is the one that is meant. */
  public void replaceNewest(Predicate<T> meant, T other) throws IOException {
    List<String> lines = new ArrayList<>(lines());
    if (!lines.isEmpty() && record(lines.getLast()).filter(meant).isPresent()) {
      lines.removeLast();
      write(lines, other);
    }
  }

  private void write(List<String> lines, T newest) throws IOException {
    lines.add(Json.line(newest));
    String text = kept(lines).stream().map(line -> line + "\n").collect(Collectors.joining());
    DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> kept(List<String> lines) {
    int first = lines.size() - 1;
    long bytes = size(lines.get(first));
    while (first > 0 && lines.size() - first < mostLines) {
      bytes += size(lines.get(first - 1));
      if (bytes > mostBytes) {
        break;
      }
      first--;
    }
    return lines.subList(first, lines.size());
  }

  private static int size(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private List<String> lines() throws IOException {
    try {
      return lines(stateFile().bytes());
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** Reads lines from any bytes: a decoder that refuses some would hide all the others. */
  private static List<String> lines(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  private Stored<List<String>> judged() {
    return stateFile()
        .read()
        .read(JsonLines::lines)
        .unless(
            lines ->
                lines.isEmpty() || lines.stream().anyMatch(line -> record(line).isPresent())
                    ? Optional.empty()
                    : Optional.of("has no line that can be used"));
  }

  private StateFile stateFile() {
    return new StateFile(file, MOST_READ);
  }

  private Optional<T> record(String line) {
    try {
      return Optional.of(reader.apply(line.getBytes(StandardCharsets.UTF_8)));
    } catch (JacksonException unusable) {
      return Optional.empty();
    }
  }
}
