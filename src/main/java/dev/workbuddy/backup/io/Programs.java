package dev.workbuddy.backup.io;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where programs are, as the variable {@code PATH} says. */
public final class Programs {
  private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);
  private static final List<String> SUFFIXES =
      System.getProperty("os.name", "").startsWith("Windows")
          ? List.of(".exe", ".cmd", ".bat")
          : List.of("");

  private Programs() {}

  /**
   * The first program of that name.
   *
   * @param environment the variables to look in; without {@code PATH} nothing is found
   */
  public static Optional<Path> find(String name, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
    return SEPARATOR
        .splitAsStream(path)
        .filter(directory -> !directory.isEmpty())
        .flatMap(directory -> candidates(directory, name))
        .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
        .findFirst();
  }

  private static Stream<Path> candidates(String directory, String name) {
    try {
      Path parent = Path.of(directory);
      return SUFFIXES.stream().map(suffix -> parent.resolve(name + suffix));
    } catch (InvalidPathException notUsable) {
      return Stream.empty();
    }
  }
}
