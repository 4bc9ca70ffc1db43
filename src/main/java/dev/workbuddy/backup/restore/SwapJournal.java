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
import java.util.stream.Stream;
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
      SwapJournal journal = Json.read(Files.readAllBytes(file), SwapJournal.class);
      if (journal.names().allMatch(name -> isBeside(file, name))) {
        return Optional.of(journal);
      }
      throw unusable(file, null);
    } catch (JacksonException e) {
      throw unusable(file, e);
    }
  }

  /** The directories that it speaks of; null where it lacks one. */
  private Stream<@Nullable String> names() {
    return Stream.concat(Stream.of(staging, kept), Stream.ofNullable(spent));
  }

  /** Whatever the note says, nothing but our own directories is renamed or deleted. */
  private static boolean isBeside(Path file, @Nullable String name) {
    String live = file.getFileName().toString().replaceFirst("swap\\.json$", "");
    return name != null
        && Path.of(name).getNameCount() == 1
        && (name.startsWith(live + "staging_") || name.startsWith(live + "pre_restore_"));
  }

  private static BackupException unusable(Path file, @Nullable Exception cause) {
    return new BackupException(
        ErrorCode.IO_FAILED,
        "a restore was cut short and its note " + file + " cannot be read",
        "Delete the note. The next command then tells by the directories beside it how far the"
            + " restore got, keeps the old data, and says where.",
        cause);
  }

  SwapPurpose purpose() {
    return new SwapPurpose(spent == null ? snapshotId : null, spent);
  }

  void write(Path file) throws IOException {
    DurableFiles.write(file, Json.bytes(this));
  }
}
