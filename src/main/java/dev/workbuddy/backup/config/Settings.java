package dev.workbuddy.backup.config;

import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The effective configuration. All paths are absolute and normalised.
 *
 * @param configDir where the configuration was read from; also where the application's git checkout
 *     is looked for
 * @param dataRoot the directory that holds the live databases and the backups
 * @param dbDir the live database directory, a child (at any depth) of {@code dataRoot}
 * @param cadence how often a snapshot is expected
 * @param databases the vital databases in the order of the configuration; at least one, their names
 *     and paths all different
 * @param dormant further databases that are known; they are vital once their file is there
 */
public record Settings(
    Path configDir,
    Path dataRoot,
    Path dbDir,
    Duration cadence,
    List<VitalDatabase> databases,
    Compression compression,
    RetentionSettings retention,
    GuardSettings guard,
    RemoteSettings remotes,
    SignalSettings signals,
    DrillSettings drill,
    FeatureSettings features,
    List<VitalDatabase> dormant) {

  public Settings {
    databases = List.copyOf(databases);
    dormant = List.copyOf(dormant);
  }

  /**
   * Settings that send nothing off this machine and tell nobody, with the usual limits for lost
   * data, of a user who has chosen nothing.
   */
  public Settings(
      Path configDir,
      Path dataRoot,
      Path dbDir,
      Duration cadence,
      List<VitalDatabase> databases,
      Compression compression,
      RetentionSettings retention) {
    this(
        configDir,
        dataRoot,
        dbDir,
        cadence,
        databases,
        compression,
        retention,
        GuardSettings.defaults(),
        RemoteSettings.NONE,
        SignalSettings.NONE,
        DrillSettings.defaults(),
        FeatureSettings.NONE,
        List.of());
  }

  /**
   * Settings for what a snapshot holds, where the configuration does not say.
   *
   * @param liveDirectory relative to the data root, as the snapshot tells
   * @throws BackupException {@code manifest-damaged} where a path is one that no configuration may
   *     have: another place than below the data root, or one of wb-backup's own
   */
  public Settings withDatabases(String liveDirectory, List<VitalDatabase> others) {
    try {
      String live = PathRules.liveDirectory(liveDirectory);
      for (VitalDatabase other : others) {
        PathRules.database(other.path());
      }
      return with(dataRoot.resolve(live).normalize(), others, remotes, signals, drill);
    } catch (InvalidValueException e) {
      throw new BackupException(
          ErrorCode.MANIFEST_DAMAGED,
          "the snapshot names a place that its data cannot go to: %s %s"
              .formatted(SafeText.line(liveDirectory), e.getMessage()),
          "Write a config.yaml that says where the databases belong, then restore again.");
    }
  }

  /**
   * Refuses a place below the live directory that a database of none of these names cannot have.
   *
   * @throws BackupException {@code database-unknown}
   */
  public void requirePlace(String name, String path) {
    obstacle(path)
        .ifPresent(
            obstacle -> {
              throw new BackupException(
                  ErrorCode.DATABASE_UNKNOWN,
                  "%s cannot go to %s, where the snapshot has it: it %s"
                      .formatted(name, SafeText.line(path), obstacle),
                  "Add it to backups.databases with another path, or unpack it with --to DIR."
                      + " Nothing was changed.");
            });
  }

  private Optional<String> obstacle(String path) {
    try {
      return PathRules.conflict(PathRules.database(path), known());
    } catch (InvalidValueException e) {
      return Optional.of(e.problem());
    }
  }

  /** These settings with further databases. */
  public Settings including(List<VitalDatabase> more) {
    List<VitalDatabase> all = Stream.concat(databases.stream(), more.stream()).toList();
    return with(dbDir, all, remotes, signals, drill);
  }

  /** Returns these settings with other notifications. */
  public Settings withSignals(SignalSettings others) {
    return with(dbDir, databases, remotes, others, drill);
  }

  /** Returns these settings with other remotes. */
  public Settings withRemotes(RemoteSettings others) {
    return with(dbDir, databases, others, signals, drill);
  }

  /** Returns these settings with other rules for restore drills. */
  public Settings withDrill(DrillSettings other) {
    return with(dbDir, databases, remotes, signals, other);
  }

  private Settings with(
      Path newDbDir,
      List<VitalDatabase> newDatabases,
      RemoteSettings newRemotes,
      SignalSettings newSignals,
      DrillSettings newDrill) {
    return new Settings(
        configDir,
        dataRoot,
        newDbDir,
        cadence,
        newDatabases,
        compression,
        retention,
        guard,
        newRemotes,
        newSignals,
        newDrill,
        features,
        dormant.stream().filter(each -> isNone(newDatabases, each.name())).toList());
  }

  private static boolean isNone(List<VitalDatabase> all, String name) {
    return all.stream().noneMatch(database -> database.name().equals(name));
  }

  /** Where snapshots, the lock and {@code last_run.json} live. */
  public Path backupsDir() {
    return dataRoot.resolve("backups");
  }

  /** The live directory relative to the data root, with {@code /} between names. */
  public String dbDirName() {
    return dataRoot.relativize(dbDir).toString().replace(File.separatorChar, '/');
  }

  /** The lock of whoever changes snapshots or live databases. */
  public Path lockFile() {
    return backupsDir().resolve("lock");
  }

  /** Every database that has a place, vital or not yet. */
  public List<VitalDatabase> known() {
    return Stream.concat(databases.stream(), dormant.stream()).toList();
  }

  /** These settings, with databases vital although their files are not there: history has them. */
  public Settings missing(Set<String> names) {
    return including(dormant.stream().filter(database -> names.contains(database.name())).toList());
  }

  public Optional<VitalDatabase> database(String name) {
    return known().stream().filter(database -> database.name().equals(name)).findFirst();
  }
}
