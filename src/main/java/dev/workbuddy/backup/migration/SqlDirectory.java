package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.io.UserFile;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of SQL files, one for each step: {@code 001_initial.sql} leads to version 1. Files
 * that do not end in {@code .sql}, or whose names begin with a dot, are none of the ladder's.
 */
public final class SqlDirectory {
  private static final Pattern NAME = Pattern.compile("([0-9]{1,9})_([^/]+)\\.sql");
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_CHARACTERS = 60;

  private final Path directory;

  public SqlDirectory(Path directory) {
    this.directory = directory;
  }

  private record File(Path path, int version, String description) {}

  /**
   * The ladder.
   *
   * @throws BackupException {@code ladder-invalid} with the first thing that is wrong with it
   */
  public StepLadder read() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw Refusals.invalid("there is no directory " + directory);
    }
    List<File> files = files();
    if (files.isEmpty()) {
      throw Refusals.invalid(directory + " has no file like 001_initial.sql");
    }
    List<Step> steps = new ArrayList<>();
    for (File file : files) {
      String source = file.path().toString();
      steps.add(Step.sql(source, file.version(), file.description(), content(file.path())));
    }
    return new StepLadder(steps);
  }

  private static String content(Path file) throws IOException {
    try {
      return new UserFile(file, MOST_BYTES).text();
    } catch (UnusableFileException e) {
      throw Refusals.invalid(file + " " + e.why(), e);
    } catch (CharacterCodingException e) {
      throw Refusals.invalid(file + " is not UTF-8 text", e);
    }
  }

  private List<File> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> path.getFileName().toString().endsWith(".sql"))
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .map(SqlDirectory::file)
          .toList();
    }
  }

  private static File file(Path path) {
    if (!Files.isRegularFile(path)) {
      throw Refusals.invalid(path + " is not a file");
    }
    Matcher name = NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      throw Refusals.invalid(path + ": the name must be like 001_initial.sql");
    }
    return new File(path, Integer.parseInt(name.group(1)), name.group(2).replace('_', ' '));
  }

  /**
   * Writes the next step's file, which holds a comment to begin with. The directory is made where
   * it is not there.
   *
   * @param words what the step is for; letters and digits of them make the file's name
   * @param database the logical name, for the comment
   * @return the new file
   */
  public Path addStep(String words, String database) throws IOException {
    String name = safeName(words);
    DurableFiles.createDirectories(directory);
    int version = files().stream().mapToInt(File::version).max().orElse(0) + 1;
    Path file = directory.resolve(String.format(Locale.ROOT, "%03d_%s.sql", version, name));
    String text =
        """
        -- %s: step %d, %s
        -- The statements below run in one transaction. Once this has been applied anywhere,
        -- changes belong into a new file.

        """
            .formatted(database, version, name.replace('_', ' '));
    DurableFiles.writeForOthers(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  private static String safeName(String words) {
    String plain = Normalizer.normalize(words, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    String name =
        plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    if (name.isEmpty()) {
      throw new BackupException(
          ErrorCode.USAGE,
          "a step cannot be named '" + words.replaceAll("\\p{C}", "?") + "'",
          "Give a few words with letters or digits, for example: add colour.");
    }
    return name.substring(0, Math.min(name.length(), MOST_CHARACTERS)).replaceAll("_$", "");
  }
}
