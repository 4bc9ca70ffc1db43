package dev.workbuddy.backup.config;

import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with a configuration, to say it all at once. */
final class Problems {

  private record Problem(Position at, String text) {
    String line() {
      return SafeText.visible("  " + at + ": " + text);
    }
  }

  private final Path configDir;
  private final List<String> files;
  private final List<Problem> found = new ArrayList<>();

  /**
   * @param files the names of the configuration files, in the order in which to report
   */
  Problems(Path configDir, List<String> files) {
    this.configDir = configDir;
    this.files = new ArrayList<>(files);
  }

  /** Says that there is one more configuration file, which is reported after the others. */
  void addFile(String name) {
    files.add(name);
  }

  void add(Position at, String text) {
    found.add(new Problem(at, text));
  }

  void add(Position at, String key, String text) {
    add(at, key + ": " + text);
  }

  /** Everything that was found, a line each. */
  List<String> lines() {
    return sorted().stream().map(problem -> problem.line().strip()).toList();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    String count = found.size() == 1 ? "a problem" : found.size() + " problems";
    String lines = sorted().stream().map(Problem::line).collect(Collectors.joining("\n"));
    throw new BackupException(
        ErrorCode.CONFIG_INVALID, "The configuration has " + count + ":\n" + lines, hint());
  }

  private String hint() {
    return sorted().stream()
        .map(problem -> problem.at().source())
        .distinct()
        .map(this::remedy)
        .collect(Collectors.joining(" "));
  }

  private String remedy(String source) {
    if (source.startsWith(Position.PROFILE)) {
      return ("Say which in %s, and name the profile there, or nothing else is saved: `backups: {"
              + " profile: %s, databases: { NAME: { path: PLACE } } }`. A place is below"
              + " paths.db_dir.")
          .formatted(
              configDir.resolve(ConfigLoader.LOCAL_FILE),
              source.substring(Position.PROFILE.length()));
    }
    return files.contains(source)
        ? "Edit " + configDir.resolve(source) + "."
        : "Correct or unset the " + source.replace("environment ", "environment variable ") + ".";
  }

  private List<Problem> sorted() {
    Comparator<Problem> bySource = Comparator.comparingInt(problem -> rank(problem.at().source()));
    return found.stream().sorted(bySource.thenComparingInt(p -> p.at().line())).toList();
  }

  private int rank(String source) {
    int index = files.indexOf(source);
    return index < 0 ? files.size() : index;
  }
}
