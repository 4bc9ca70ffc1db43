package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.config.LadderSource;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ladders that the configuration names, for one run: the application is asked once for what it
 * knows. For one thread.
 */
public final class Ladders {
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

  private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);

  private final Settings settings;
  private final TopVersions versions;
  private final List<String> remarks = new ArrayList<>();

  public Ladders(Settings settings) {
    this.settings = settings;
    this.versions = new TopVersions(settings.configDir(), VERSION_LIMIT);
  }

  /** Asks the application what several databases need to know of it, all at the same time. */
  public void ask(Collection<VitalDatabase> databases) {
    versions.ask(
        databases.stream()
            .map(VitalDatabase::ladder)
            .flatMap(
                source ->
                    source instanceof LadderSource.Command command
                        ? Stream.of(command.versionCommand())
                        : Stream.of())
            .filter(command -> !command.isEmpty())
            .toList());
  }

  /** What the application did not tell, and what counts instead, in words. */
  public List<String> remarks() {
    return List.copyOf(remarks);
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
              command.command(), settings.configDir(), top(command, database), COMMAND_LIMIT);
    };
  }

  /** What the application says; the configured number where it says nothing. */
  private int top(LadderSource.Command command, String database) {
    Integer configured = command.maxSchemaVersion();
    if (command.versionCommand().isEmpty()) {
      return configured == null ? 0 : configured;
    }
    try {
      return versions.of(command.versionCommand());
    } catch (BackupException e) {
      if (configured == null || e.code() != ErrorCode.MIGRATE_COMMAND_FAILED) {
        throw e;
      }
      remarks.add(
          "%s: %s; max_schema_version counts, which is %d"
              .formatted(database, e.text(), configured));
      return configured;
    }
  }
}
