package dev.workbuddy.backup.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A ladder that the application climbs itself: a command that brings one database file to the top.
 *
 * @param command the program and its arguments; {@code {db}} in any of them becomes the file
 * @param directory where it runs
 * @param limit how long it may take, to which time for the file's size is added
 */
public record CommandLadder(List<String> command, Path directory, int top, Duration limit)
    implements Ladder {
  /** What stands for the database's file in the command. */
  public static final String DATABASE = "{db}";

  private static final long BYTES_PER_SECOND = 1_000_000;
  private static final int LONGEST_WORD = 60;

  public CommandLadder {
    command = List.copyOf(command);
  }

  @Override
  public Migration plan(int version, boolean hasTables) {
    return version == top
        ? Migration.none(version)
        : new Migration(version, top, false, List.of(new StepSummary(top, told(command))));
  }

  List<String> commandFor(Path database) {
    return command.stream()
        .map(word -> word.replace(DATABASE, database.toAbsolutePath().toString()))
        .toList();
  }

  Duration limitFor(long bytes) {
    return limit.plusSeconds(bytes / BYTES_PER_SECOND);
  }

  /** A program in one of its words would fill a screen. */
  private static String told(List<String> command) {
    return command.stream()
        .map(word -> word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "…" : word)
        .collect(Collectors.joining(" "));
  }
}
