package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file with one JSON document a line for each differing row; or none, if nobody wants it. */
final class RowLog implements RowSink, AutoCloseable {
  private final @Nullable Path target;
  private final @Nullable Path partial;
  private final @Nullable BufferedWriter writer;

  private RowLog(@Nullable Path target) throws IOException {
    this.target = target;
    this.partial = target == null ? null : target.resolveSibling(target.getFileName() + ".partial");
    this.writer =
        partial == null
            ? null
            : Files.newBufferedWriter(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Begins the file.
   *
   * @param target null for none
   * @throws BackupException {@code target-exists} rather than overwrite anything
   */
  static RowLog to(@Nullable Path target) throws IOException {
    if (target != null && Files.exists(target)) {
      throw new BackupException(
          ErrorCode.TARGET_EXISTS, target + " is there already", "Name a file that is not there.");
    }
    return new RowLog(target);
  }

  @Override
  public void accept(RowChange change) throws IOException {
    if (writer != null) {
      writer.write(Json.line(change));
      writer.write('\n');
    }
  }

  /** Gives the finished file its name. */
  void finish() throws IOException {
    if (writer != null && partial != null && target != null) {
      writer.close();
      DurableFiles.syncFile(partial);
      DurableFiles.rename(partial, target);
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() throws IOException {
    if (writer != null && partial != null) {
      writer.close();
      Files.deleteIfExists(partial);
    }
  }
}
