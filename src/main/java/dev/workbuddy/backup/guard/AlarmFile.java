package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.IoWords;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.snapshot.Alarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * {@code alarms.json}. Whoever writes it holds the run lock. A file that cannot be read is an open
 * alarm itself: deleting is the only mistake that cannot be undone.
 */
final class AlarmFile {
  private static final String NAME = "alarms.json";
  private static final String DAMAGED = "alarms.json.unreadable";

  private final Path file;

  AlarmFile(Path backupsDir) {
    this.file = backupsDir.resolve(NAME);
  }

  AlarmRegister read() {
    try {
      return readable().orElse(AlarmRegister.EMPTY);
    } catch (IOException | JacksonException e) {
      return new AlarmRegister(AlarmRegister.VERSION, List.of(unreadable(e)), Map.of());
    }
  }

  /** Replaces it; what cannot be read is put aside, not overwritten. */
  void write(AlarmRegister register) throws IOException {
    try {
      readable();
    } catch (IOException | JacksonException e) {
      DurableFiles.rename(file, file.resolveSibling(DAMAGED));
    }
    DurableFiles.write(file, Json.bytes(register));
  }

  private Optional<AlarmRegister> readable() throws IOException {
    byte[] document;
    try {
      document = Files.readAllBytes(file);
    } catch (NoSuchFileException noneYet) {
      return Optional.empty();
    }
    AlarmRegister register = Json.read(document, AlarmRegister.class);
    if (register == null || register.formatVersion() != AlarmRegister.VERSION) {
      throw new IOException("its format is not one of this version's");
    }
    if (!register.alarms().stream().allMatch(Alarm::saysAll)
        || !register.restarts().values().stream().allMatch(AlarmFile::saysAll)) {
      throw new IOException("it does not say all");
    }
    return Optional.of(register);
  }

  @SuppressWarnings("NullAway") // JSON may leave out what the record promises; this is the check.
  private static boolean saysAll(Restart restart) {
    DatabaseState state = restart.state();
    return restart.since() != null
        && (state == null
            || (state.snapshot() != null
                && state.at() != null
                && state.rows().values().stream().allMatch(rows -> rows >= 0)));
  }

  private Alarm unreadable(Exception cause) {
    AlarmKind kind = AlarmKind.ALARMS_UNREADABLE;
    String why =
        cause instanceof IOException io ? IoWords.of(io) : "it is not what wb-backup writes";
    return new Alarm(
        Finding.id(kind.word()),
        kind.word(),
        null,
        null,
        null,
        null,
        null,
        null,
        "",
        Instant.EPOCH,
        Instant.EPOCH,
        false,
        "%s cannot be read, so nobody knows which alarms are open: %s".formatted(file, why),
        null,
        null);
  }
}
