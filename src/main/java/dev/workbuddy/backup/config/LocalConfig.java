package dev.workbuddy.backup.config;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.UserFile;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * This machine's {@code config.local.yaml}, as something that the program itself may write. Only
 * the values that are changed are touched; the user's comments, order and other keys stay as they
 * are.
 */
public final class LocalConfig {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path configDir;
  private final Path file;

  public LocalConfig(Path configDir) {
    this.configDir = configDir;
    this.file = configDir.resolve(ConfigLoader.LOCAL_FILE);
  }

  public Path file() {
    return file;
  }

  /**
   * A file that is ready to be written.
   *
   * @param before what it says now; empty where it is not there
   * @param after what it is to say
   */
  public record Prepared(Path file, String before, String after) {
    public boolean changes() {
      return !before.equals(after);
    }

    /**
     * Writes the file, if anything changes. A link stays a link, and permissions stay.
     *
     * @throws BackupException {@code config-invalid} where somebody has edited it meanwhile
     */
    public void write() throws IOException {
      if (!changes()) {
        return;
      }
      Path real = Files.exists(file) ? file.toRealPath() : file;
      if (!text(real).equals(before)) {
        throw new BackupException(
            ErrorCode.CONFIG_INVALID,
            "cannot change " + file + ": somebody has edited it meanwhile",
            "Try again.");
      }
      byte[] content = after.getBytes(StandardCharsets.UTF_8);
      if (Files.exists(real)) {
        DurableFiles.replace(real, content);
      } else {
        DurableFiles.writeForOthers(real, content);
      }
    }
  }

  /**
   * The file with some values set. Nothing is written yet.
   *
   * @throws BackupException {@code config-invalid} where the file is broken, or written in a way in
   *     which the value cannot be set without touching others
   */
  public Prepared prepare(List<ConfigChange> changes) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return prepare("", changes);
    }
    Problems problems = new Problems(configDir, List.of(ConfigLoader.LOCAL_FILE));
    new YamlFile(file, ConfigLoader.LOCAL_FILE, problems).read();
    problems.throwIfAny();
    return prepare(text(file), changes);
  }

  private Prepared prepare(String before, List<ConfigChange> changes) {
    String mark = before.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    String after = before.substring(mark.length());
    for (ConfigChange change : changes) {
      after =
          YamlEdit.apply(ConfigLoader.LOCAL_FILE, after, change)
              .orElseThrow(() -> unchangeable(change));
    }
    return new Prepared(file, before, mark + after);
  }

  private static String text(Path file) throws IOException {
    return Files.exists(file) ? new UserFile(file, YamlFile.MOST_BYTES).text() : "";
  }

  private BackupException unchangeable(ConfigChange change) {
    return new BackupException(
        ErrorCode.CONFIG_INVALID,
        "cannot set %s in %s: the way in which it is written leaves no place for that"
            .formatted(change.key(), file),
        "Edit the file: set %s to %s.".formatted(change.key(), change.written()));
  }
}
