package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * The runs so far, oldest first: {@code runs.jsonl}, one record on each line. It is replaced as a
 * whole at each end of a run, so it is never cut, and holds the newest {@value #MOST_RUNS} runs or
 * 2 MiB of them.
 */
public final class RunHistory {
  static final String FILE_NAME = "runs.jsonl";
  static final int MOST_RUNS = 2000;
  static final int MOST_BYTES = 2 << 20;

  private final Path file;

  public RunHistory(Path backupsDir) {
    this.file = backupsDir.resolve(FILE_NAME);
  }

  /** All that can be read, oldest first; lines that cannot, are passed over. */
  public List<RunRecord> read() throws IOException {
    return lines().stream().flatMap(line -> record(line).stream()).toList();
  }

  /** Adds the newest. Wants no one else to write at the same time. */
  void add(RunRecord run) throws IOException {
    List<String> lines = new ArrayList<>(lines());
    if (!lines.isEmpty() && record(lines.getLast()).isEmpty()) {
      lines.removeLast(); // Cut by somebody else's copy: it would never become whole.
    }
    lines.add(Json.line(run.forHistory()));
    String text = newest(lines).stream().map(line -> line + "\n").collect(Collectors.joining());
    DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> newest(List<String> lines) {
    int first = lines.size() - 1;
    long bytes = size(lines.get(first));
    while (first > 0 && lines.size() - first < MOST_RUNS) {
      bytes += size(lines.get(first - 1));
      if (bytes > MOST_BYTES) {
        break;
      }
      first--;
    }
    return lines.subList(first, lines.size());
  }

  private static int size(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  /** Whatever bytes there are: a decoder that refuses some would hide all the others. */
  private List<String> lines() throws IOException {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static Optional<RunRecord> record(String line) {
    try {
      return Optional.of(RecordReader.read(line.getBytes(StandardCharsets.UTF_8)));
    } catch (JacksonException unusable) {
      return Optional.empty();
    }
  }
}
