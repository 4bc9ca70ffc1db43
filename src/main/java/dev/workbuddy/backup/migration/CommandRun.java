package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.BackupException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application's own command, run on one database and checked by what it left. */
final class CommandRun {
  private static final int LINES = 5;
  private static final int CHARACTERS = 600;

  private final CommandLadder ladder;
  private final Function<Path, SchemaState> read;

  CommandRun(CommandLadder ladder, Function<Path, SchemaState> read) {
    this.ladder = ladder;
    this.read = read;
  }

  /** Refuses a command whose program is not there. */
  static void requireProgram(CommandLadder ladder, Path file) {
    String program = ladder.commandFor(file).getFirst();
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    boolean there =
        program.contains("/")
            ? Files.isExecutable(ladder.directory().resolve(program))
            : Stream.of(path.split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    if (!there) {
      throw cannotStart(ladder, file, "there is no program " + program);
    }
  }

  Migration run(Path file, int from) throws IOException, InterruptedException {
    Duration limit = ladder.limitFor(Files.size(file));
    Subprocess.Result result = start(file, limit);
    String name = String.valueOf(file.getFileName());
    if (result.exitCode() == -1) {
      throw failed(name, "did not end within " + limit.toSeconds() + " s", result);
    }
    if (!result.ok()) {
      throw failed(name, "ended with code " + result.exitCode(), result);
    }
    requireTop(name, from, versionAfter(file, result), result);
    return ladder.plan(from, true);
  }

  private int versionAfter(Path file, Subprocess.Result result) {
    try {
      return read.apply(file).version();
    } catch (BackupException e) {
      String what = e.getCause() == null ? "it is gone" : Refusals.firstLine(e.getCause());
      String name = String.valueOf(file.getFileName());
      throw failed(name, "left no database that can be read: " + what, result);
    }
  }

  private Subprocess.Result start(Path file, Duration limit)
      throws IOException, InterruptedException {
    try {
      return Subprocess.run(ladder.commandFor(file), ladder.directory(), Map.of(), limit);
    } catch (IOException e) {
      throw cannotStart(ladder, file, String.valueOf(e.getMessage()));
    }
  }

  private static BackupException cannotStart(CommandLadder ladder, Path file, String why) {
    return Refusals.command(
        String.valueOf(file.getFileName()),
        "cannot be started: " + why,
        "It runs in " + ladder.directory() + ", without a shell. Check its first word.");
  }

  private void requireTop(String name, int from, int to, Subprocess.Result result) {
    if (to == ladder.top()) {
      return;
    }
    String how = to == from ? "left the schema version at " + to : "led to schema version " + to;
    throw failed(name, how + ", and max_schema_version is " + ladder.top(), result);
  }

  private static BackupException failed(String name, String problem, Subprocess.Result result) {
    String said = lastWords(result);
    return Refusals.command(
        name,
        said.isEmpty() ? problem : problem + "; it said: " + said,
        "Run it by hand on a copy of the database, and correct it.");
  }

  /** The end of what it printed, on one line and without signs that could drive a terminal. */
  private static String lastWords(Subprocess.Result result) {
    List<String> lines =
        Stream.of(result.stdout(), result.stderr())
            .flatMap(String::lines)
            .map(line -> line.replaceAll("\\p{C}", " ").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    String text =
        lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining(" / "));
    return text.length() <= CHARACTERS ? text : "…" + text.substring(text.length() - CHARACTERS);
  }
}
