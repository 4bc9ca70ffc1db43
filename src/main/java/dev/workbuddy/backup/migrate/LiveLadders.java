package dev.workbuddy.backup.migrate;

import dev.workbuddy.backup.config.LadderSource;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.migration.Ladder;
import dev.workbuddy.backup.migration.Ladders;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.migration.SqlDirectory;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The live databases and their ladders. */
public final class LiveLadders {
  private final Settings settings;
  private final Ladders ladders;

  public LiveLadders(Settings settings) {
    this.settings = settings;
    this.ladders = new Ladders(settings);
  }

  /** One live database that has a ladder. */
  record Target(String name, Path file, Ladder ladder) {}

  /** Where every live database stands, also beside ones that cannot be read; changes nothing. */
  public SchemaReport report(MigrationRunner runner) throws IOException {
    List<SchemaReport.Entry> entries = new ArrayList<>();
    ladders.ask(settings.databases());
    for (VitalDatabase database : settings.databases()) {
      try {
        entries.add(entry(database, runner));
      } catch (BackupException e) {
        entries.add(SchemaReport.Entry.unreadable(database.name(), database.path(), e));
      }
    }
    return new SchemaReport(entries, ladders.remarks());
  }

  private SchemaReport.Entry entry(VitalDatabase database, MigrationRunner runner)
      throws IOException {
    Optional<Ladder> ladder = ladders.of(database);
    String name = database.name();
    if (ladder.isEmpty()) {
      return SchemaReport.Entry.without(
          name, database.path(), SchemaReport.State.NO_MIGRATIONS, null);
    }
    Path file = database.in(settings.dbDir());
    if (!Files.exists(file)) {
      return SchemaReport.Entry.without(
          name, database.path(), SchemaReport.State.MISSING, ladder.get().top());
    }
    SchemaReport.Entry entry =
        SchemaReport.Entry.of(name, database.path(), runner.status(file, ladder.get()));
    return entry.isClimbable() ? entry : entry.refused(refusal(runner, file, ladder.get()));
  }

  /** What a run would say of it. */
  private static @Nullable BackupException refusal(
      MigrationRunner runner, Path file, Ladder ladder) {
    try {
      runner.plan(file, ladder);
      return null;
    } catch (BackupException e) {
      return e;
    }
  }

  /**
   * Those that have ladders, in the configuration's order.
   *
   * @param only by logical name; empty for all
   * @throws BackupException {@code database-unknown} where one of these is not configured, {@code
   *     ladder-invalid} where one has no ladder, or none that can be used
   */
  List<Target> targets(Set<String> only) throws IOException {
    requireKnown(only);
    List<Target> targets = new ArrayList<>();
    List<VitalDatabase> wanted =
        settings.databases().stream()
            .filter(database -> only.isEmpty() || only.contains(database.name()))
            .toList();
    ladders.ask(wanted);
    for (VitalDatabase database : wanted) {
      Optional<Ladder> ladder = ladders.of(database);
      if (ladder.isEmpty() && !only.isEmpty()) {
        throw withoutLadder(database.name());
      }
      ladder.ifPresent(
          found -> targets.add(new Target(database.name(), database.in(settings.dbDir()), found)));
    }
    return targets;
  }

  /** What the application did not tell, and what counts instead, in words. */
  List<String> remarks() {
    return ladders.remarks();
  }

  /**
   * Writes the file for a database's next step.
   *
   * @param words what the step is for
   */
  public NewStep add(String words, String database) throws IOException {
    requireKnown(Set.of(database));
    VitalDatabase vital = settings.database(database).orElseThrow();
    if (vital.ladder() instanceof LadderSource.SqlFiles(Path directory)) {
      return new NewStep(database, new SqlDirectory(directory).addStep(words, database).toString());
    }
    throw withoutLadder(database);
  }

  private void requireKnown(Set<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    settings.databases().forEach(database -> unknown.remove(database.name()));
    if (!unknown.isEmpty()) {
      throw new BackupException(
          ErrorCode.DATABASE_UNKNOWN,
          "the configuration has no database " + String.join(", ", unknown),
          settings.databases().stream()
              .map(VitalDatabase::name)
              .collect(Collectors.joining(", ", "It has ", ".")));
    }
  }

  private static BackupException withoutLadder(String database) {
    return new BackupException(
        ErrorCode.LADDER_INVALID,
        database + " has no directory of migrations of its own",
        "Set migrations of backups.databases." + database + " in config.yaml to a directory.");
  }
}
