package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The questions of agents as files, one each: {@code <code>.asked.json}, renamed to {@code
 * <code>.agreed.json} when a person agrees. Renames and deletions are what decides, so several
 * processes may use them at once and nothing is agreed to or used twice. Only files with names of
 * this form are ever touched, and no link is followed.
 */
final class QuestionFiles {
  static final String DIRECTORY = "questions";
  private static final String ASKED = ".asked.json";
  private static final String AGREED = ".agreed.json";
  private static final Pattern CODE = Pattern.compile("[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}");

  /** No more files are looked at; a program makes far fewer. */
  private static final int MOST_FILES = 200;

  private final Path directory;

  QuestionFiles(Path backups) {
    this.directory = backups.resolve(DIRECTORY);
  }

  static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  /** Those that wait for an answer. */
  List<Question> asked() throws IOException {
    return all(ASKED);
  }

  /** Those that a person agreed to. */
  List<Question> agreed() throws IOException {
    return all(AGREED);
  }

  private List<Question> all(String ending) throws IOException {
    List<Question> found = new ArrayList<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ending)) {
      int seen = 0;
      for (Path file : files) {
        if (++seen > MOST_FILES) {
          break;
        }
        read(file, ending).ifPresent(found::add);
      }
    }
    return found;
  }

  Optional<Question> agreed(String code) {
    return read(file(code, AGREED), AGREED);
  }

  boolean isAsked(String code) {
    return Files.isRegularFile(file(code, ASKED), LinkOption.NOFOLLOW_LINKS);
  }

  /** What is no question of ours is passed over: it is nobody's word. */
  private static Optional<Question> read(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    String code = name.substring(0, Math.max(0, name.length() - ending.length()));
    return isCode(code)
        ? new StateFile(file, Question.MOST_BYTES)
            .json(Question.class)
            .found()
            .filter(question -> code.equals(question.code()))
        : Optional.empty();
  }

  void write(Question question) throws IOException {
    make();
    DurableFiles.write(file(question.code(), ASKED), question.document());
  }

  private void make() throws IOException {
    Path backups = DurableFiles.parent(directory);
    if (!Files.isDirectory(DurableFiles.parent(backups))) {
      throw new BackupException(
          ErrorCode.NOT_CONFIRMED,
          "a person has to agree to this, and the question cannot be kept: %s is not there"
              .formatted(DurableFiles.parent(backups)),
          "Ask the person to do it on a terminal.");
    }
    if (!Files.isDirectory(backups)) {
      DurableFiles.createPrivateDirectory(backups);
    }
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      requireOwn();
    } else {
      DurableFiles.createPrivateDirectory(directory);
    }
  }

  private void requireOwn() {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new BackupException(
          ErrorCode.IO_FAILED,
          directory + " is not a directory, so that questions cannot be kept there",
          "Remove it; wb-backup creates a new one.");
    }
  }

  /** Whether it was still open. */
  boolean agree(String code) throws IOException {
    try {
      DurableFiles.rename(file(code, ASKED), file(code, AGREED));
      return true;
    } catch (NoSuchFileException answeredMeanwhile) {
      return false;
    }
  }

  /** Whether it was there; only one caller ever hears so. */
  boolean remove(Question question, boolean agreed) throws IOException {
    return Files.deleteIfExists(file(question.code(), agreed ? AGREED : ASKED));
  }

  private Path file(String code, String ending) {
    return directory.resolve(code + ending);
  }
}
