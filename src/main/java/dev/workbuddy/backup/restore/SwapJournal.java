package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A swap that was begun: enough for another process to finish or undo it.
 *
 * @param snapshotId what is being put in place
 * @param staging the new directory's name, beside the live one
 * @param kept the name that the old directory gets
 * @param replaced the databases that differ between the two, relative to the directory
 * @param carried the files that both have, which the old one then gives up
 * @param spent the name of an earlier kept directory, whose data is live again afterwards; null for
 *     none
 * @param staged what {@link FileStamps} says of the new directory's files before the swap
 */
record SwapJournal(
    String snapshotId,
    String staging,
    String kept,
    List<String> replaced,
    List<String> carried,
    @Nullable String spent,
    Map<String, String> staged) {
  SwapJournal {
    replaced = List.copyOf(replaced);
    carried = List.copyOf(carried);
    staged = Map.copyOf(staged);
  }

  static Optional<SwapJournal> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), SwapJournal.class));
    } catch (JacksonException e) {
      throw new BackupException(
          ErrorCode.IO_FAILED,
          "a restore was cut short and its note " + file + " cannot be read",
          "Look at the directories beside it before you delete the note; the database directory"
              + " itself is whole.",
          e);
    }
  }

  SwapPurpose purpose() {
    return new SwapPurpose(spent == null ? snapshotId : null, spent);
  }

  void write(Path file) throws IOException {
    DurableFiles.write(file, Json.bytes(this));
  }
}
