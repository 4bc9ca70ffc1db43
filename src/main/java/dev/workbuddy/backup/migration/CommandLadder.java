package dev.workbuddy.backup.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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

  public CommandLadder {
    command = List.copyOf(command);
  }

  @Override
  public Climb plan(int version, boolean hasTables) {
    return version == top
        ? Climb.none(version)
        : new Climb(version, top, false, List.of(new Rung(top, String.join(" ", command))));
  }

  List<String> commandFor(Path database) {
    return command.stream()
        .map(word -> word.replace(DATABASE, database.toAbsolutePath().toString()))
        .toList();
  }

  Duration limitFor(long bytes) {
    return limit.plusSeconds(bytes / BYTES_PER_SECOND);
  }
}
