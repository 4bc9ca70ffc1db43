package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The runs so far, oldest first: {@code runs.jsonl}, one record on each line. It holds the newest
 * {@value #MOST_RUNS} runs or 2 MiB of them.
 */
public final class RunHistory {
  static final String FILE_NAME = "runs.jsonl";
  static final int MOST_RUNS = 2000;
  static final int MOST_BYTES = 2 << 20;

  private final JsonLines<RunRecord> lines;

  public RunHistory(Path backupsDir) {
    this.lines =
        new JsonLines<>(backupsDir.resolve(FILE_NAME), RecordReader::read, MOST_RUNS, MOST_BYTES);
  }

  /** All that can be read, oldest first; lines that cannot, are passed over. */
  public List<RunRecord> read() throws IOException {
    return lines.read();
  }

  /** Why none can be read, with the file's name; empty where some can, or there is none. */
  public Optional<String> problem() {
    return lines.problem();
  }

  /** Sets the file aside where none can be read; returns what the user should know. */
  Optional<String> settle() throws IOException {
    return lines.settle();
  }

  /** Adds the newest, as {@link JsonLines#add} does. */
  Optional<String> add(RunRecord run) throws IOException {
    return lines.add(run.forHistory());
  }

  /** Puts another record in the place of a run's, if that is the newest. */
  void replace(RunRecord run, RunRecord other) throws IOException {
    lines.replaceNewest(run::isSameRun, other.forHistory());
  }
}
