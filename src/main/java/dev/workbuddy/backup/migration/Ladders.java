package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.config.LadderSource;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.BackupException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The ladders that the configuration names. */
public final class Ladders {
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

  private final Settings settings;

  public Ladders(Settings settings) {
    this.settings = settings;
  }

  /**
   * The database's ladder, read anew; empty where the configuration names none.
   *
   * @throws BackupException {@code ladder-invalid}
   */
  public Optional<Ladder> of(VitalDatabase database) throws IOException {
    LadderSource source = database.ladder();
    if (source == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(source, database.name()));
    } catch (BackupException e) {
      throw new BackupException(e.code(), database.name() + ": " + e.text(), e.hint(), e);
    }
  }

  private Ladder read(LadderSource source, String database) throws IOException {
    return switch (source) {
      case LadderSource.SqlFiles(var directory) -> new SqlDirectory(directory).read();
      case LadderSource.JavaClasses(var jar) -> JavaLadders.read(jar, database);
      case LadderSource.Command command ->
          new CommandLadder(
              command.command(),
              settings.configDir(),
              new TopVersion(command, settings.configDir()).ask(),
              COMMAND_LIMIT);
    };
  }
}
